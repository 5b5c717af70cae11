using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

public sealed class GradedMetricsTests
{
    private const Relevance Good = Relevance.Good;
    private const Relevance Maybe = Relevance.Maybe;

    // Retrieved:  rank 1     2      3      4          5
    //             item 10    11     12     13         14
    //             no         good   maybe  unjudged   good        and never retrieved: 15 good, 16 maybe.
    private static readonly GradedQuery Query = new([10, 11, 12, 13, 14], new Dictionary<int, Relevance>
    {
        [10] = Relevance.No, [11] = Good, [12] = Maybe, [14] = Good, [15] = Good, [16] = Maybe,
    });

    [Theory]
    [InlineData("Precision", Good, 3, 1 / 3.0)] // 11
    [InlineData("Precision", Maybe, 3, 2 / 3.0)] // 11, 12
    [InlineData("Precision", Good, 10, 0.2)] // 11, 14 in ten places, though the list ends at five
    [InlineData("Recall", Good, 3, 1 / 3.0)] // 11 of 11, 14, 15
    [InlineData("Recall", Maybe, 5, 0.6)] // 11, 12, 14 of 11, 12, 14, 15, 16
    [InlineData("HitRate", Good, 1, 0)]
    [InlineData("HitRate", Good, 2, 1)]
    [InlineData("MRR", Good, 1, 0)]
    [InlineData("MRR", Good, 5, 0.5)]
    [InlineData("MAP", Good, 2, 1 / 4.0)] // precision 1/2 at 11, over min(2, 3)
    [InlineData("MAP", Good, 5, 0.3)] // (1/2 + 2/5) / min(5, 3)
    [InlineData("MAP", Maybe, 5, (0.5 + (2 / 3.0) + 0.6) / 5)] // over min(5, 5)
    public void OneQueryByHand(string metric, Relevance atLeast, int k, double expected) =>
        Assert.Equal(expected, GradedMetrics.RowValues([Query], metric, atLeast, k).Single(), 1e-12);

    [Fact]
    public void CompositeNdcgByHand()
    {
        // List at 3: 0, 2 / log2(3), 1 / log2(4). Ideal: the three good ones, 2 (1 + 1 / log2(3) + 1 / 2).
        var linear = ((2 / Math.Log2(3)) + 0.5) / (2 * (1.5 + (1 / Math.Log2(3))));
        Assert.Equal(linear, GradedMetrics.NdcgRowValues([Query], 3, GradedGains.Linear).Single(), 1e-12);
        var exponential = ((3 / Math.Log2(3)) + 0.5) / (3 * (1.5 + (1 / Math.Log2(3))));
        Assert.Equal(exponential, GradedMetrics.NdcgRowValues([Query], 3, GradedGains.Exponential).Single(), 1e-12);
        // Beyond the list's end the ideal still grows: good, good, good, maybe, maybe.
        var ideal = (2 * (1.5 + (1 / Math.Log2(3)))) + (1 / Math.Log2(5)) + (1 / Math.Log2(6));
        var list = (2 / Math.Log2(3)) + 0.5 + (2 / Math.Log2(6));
        Assert.Equal(list / ideal, GradedMetrics.NdcgRowValues([Query], 100, GradedGains.Linear).Single(), 1e-12);
    }

    [Fact]
    public void TheMeanOverQueriesHasEveryNameAtEveryCutoff()
    {
        var other = new GradedQuery([15, 16], Query.Judgements); // Precision@2: good 1/2, good or maybe 1
        var values = GradedMetrics.FromQueries([Query, other], [2, 5]);
        Assert.Equal(GradedMetrics.Names.SelectMany(name => new[] { (name, 2), (name, 5) }), values.Select(value => (value.Name, value.K)));
        double At2(string name) => values.Single(value => value.Name == name && value.K == 2).Value;
        Assert.Equal(0.5, At2("Precision (good)"), 1e-12); // 1/2 and 1/2
        Assert.Equal(0.75, At2("Precision (good or maybe)"), 1e-12); // 1/2 and 1
        Assert.Equal(GradedMetrics.NdcgRowValues([Query, other], 2, GradedGains.Linear).Average(), At2("NDCG (graded)"), 1e-12);
        Assert.NotEqual(At2("NDCG (graded)"), GradedMetrics.FromQueries([Query, other], [2], GradedGains.Exponential)[^1].Value);
    }

    [Fact]
    public void RelevantOrNotMetricsAreWhatScanningTheListGives() => Prop.ForAll(GradedQueries.Any, query =>
    {
        foreach (var atLeast in new[] { Good, Maybe })
        {
            var relevant = query.Judgements.Where(pair => pair.Value >= atLeast).Select(pair => pair.Key).ToHashSet();
            for (var k = 1; k <= 11; k++)
            {
                // Sets and prefixes, no ranks; MAP as the sum over all prefixes that end in a relevant item.
                double Found(int length) => query.Retrieved.Take(length).Intersect(relevant).Count();
                var misses = query.Retrieved.TakeWhile(item => !relevant.Contains(item)).Count();
                var precisions = Enumerable.Range(1, k).Where(n => Found(n) > Found(n - 1)).Sum(n => Found(n) / n);
                AssertMetric("Precision", Found(k) / k);
                AssertMetric("Recall", relevant.Count > 0 ? Found(k) / relevant.Count : 0);
                AssertMetric("HitRate", Math.Sign(Found(k)));
                AssertMetric("MRR", misses < Math.Min(k, query.Retrieved.Count) ? Math.Pow(misses + 1, -1) : 0);
                AssertMetric("MAP", relevant.Count > 0 ? precisions / Math.Min(k, relevant.Count) : 0);
                void AssertMetric(string name, double expected) =>
                    Assert.Equal(expected, GradedMetrics.RowValues([query], name, atLeast, k).Single(), 1e-12);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NdcgIsTheGainOverThatOfTheBestOfAllOrders() => Prop.ForAll(GradedQueries.Any, query =>
    {
        static double Discounted(IEnumerable<double> gains) => gains.Index().Sum(pair => pair.Item * Math.Log(2) / Math.Log(pair.Index + 2));
        var orders = Permutations.Of<int>([.. query.Judgements.Keys]).ToArray();
        foreach (var k in new[] { 1, 2, 4, 10 })
        {
            var best = orders.Max(order => Discounted(order.Take(k).Select(item => (double)query.Judgements[item])));
            var got = Discounted(query.Retrieved.Take(k).Select(item => query.Judgements.TryGetValue(item, out var grade) ? (double)grade : 0));
            Assert.Equal(best == 0 ? 0 : got / best, GradedMetrics.NdcgRowValues([query], k, GradedGains.Linear).Single(), 1e-12);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheIdealOrderScoresOneAtEveryK() => Prop.ForAll(GradedQueries.Any, query =>
    {
        var ideal = new GradedQuery([.. query.Judgements.OrderByDescending(pair => pair.Value).Select(pair => pair.Key)], query.Judgements);
        var expected = query.RelevantCount(Maybe) > 0 ? 1.0 : 0;
        for (var k = 1; k <= 10; k++)
        {
            Assert.Equal(expected, GradedMetrics.NdcgRowValues([ideal], k, GradedGains.Linear).Single(), 1e-12);
            Assert.Equal(expected, GradedMetrics.NdcgRowValues([ideal], k, GradedGains.Exponential).Single(), 1e-12);
            Assert.Equal(expected, GradedMetrics.RowValues([ideal], "MAP", Maybe, k).Single(), 1e-12); // the reason for min(K, relevant)
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void BoundsAndWhatRisesWithK() => Prop.ForAll(GradedQueries.Any, query =>
    {
        var values = GradedMetrics.FromQueries([query], [.. Enumerable.Range(1, 12)]).ToLookup(value => value.Name, value => value.Value);
        Assert.All(values.SelectMany(list => list), value => Assert.InRange(value, 0, 1 + 1e-12));
        string[] rising = ["Recall", "HitRate", "MRR"];
        foreach (var list in values.Where(list => rising.Any(list.Key.StartsWith)))
        {
            Assert.All(list.Zip(list.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        }
        foreach (var metric in new[] { "Precision", "HitRate", "MRR" })
        {
            Assert.All(values[$"{metric} (good)"].Zip(values[$"{metric} (good or maybe)"]), pair => Assert.True(pair.First <= pair.Second));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NamesOfItemsScaleOfGainsAndWhatComesAfterKDoNotMatter() => Prop.ForAll(GradedQueries.Any, query =>
    {
        var renamed = new GradedQuery(
            [.. query.Retrieved.Select(item => 100 - item)], query.Judgements.Reverse().ToDictionary(pair => 100 - pair.Key, pair => pair.Value));
        Assert.Equal(GradedMetrics.FromQueries([query], [1, 3, 9]), GradedMetrics.FromQueries([renamed], [1, 3, 9]));
        var shorter = new GradedQuery([.. query.Retrieved.Take(3)], query.Judgements);
        Assert.Equal(GradedMetrics.FromQueries([query], [3]), GradedMetrics.FromQueries([shorter], [3]));
        Assert.Equal(
            GradedMetrics.NdcgRowValues([query], 5, GradedGains.Linear).Single(),
            GradedMetrics.NdcgRowValues([query], 5, new GradedGains(14, 7)).Single(), 12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void OneGoodItemGivesTheMetricsOfItsRank() => Prop.ForAll(Gen.Choose(0, 12).ToArbitrary(), rank =>
    {
        var query = new GradedQuery([.. Enumerable.Range(1, 12)], new Dictionary<int, Relevance> { [rank] = Good }); // item = rank; 0 is not there
        foreach (var value in GradedMetrics.FromQueries([query], [1, 5, 20]))
        {
            var expected = RankingMetrics.RowValues([RankedTarget.Alone(rank)], value.Name.Split(' ')[0], value.K).Single();
            Assert.Equal(expected, value.Value, 1e-12);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ImpossibleInputIsRefused()
    {
        Assert.Throws<ArgumentException>(() => GradedMetrics.FromQueries([], [5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradedMetrics.FromQueries([Query], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradedMetrics.NdcgRowValues([Query], 0, GradedGains.Linear));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradedMetrics.RowValues([], "Precision", Relevance.No, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradedMetrics.Name("Precision", Relevance.No));
        var unknown = Assert.Throws<ArgumentException>(() => GradedMetrics.RowValues([], "NDCG", Good, 5)).Message;
        Assert.Contains("'NDCG'", unknown);
        Assert.Contains("Precision, Recall, HitRate, MRR, MAP (and NdcgRowValues)", unknown);
    }
}
