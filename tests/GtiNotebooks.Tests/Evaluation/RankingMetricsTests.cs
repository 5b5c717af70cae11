using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

public sealed class RankingMetricsTests
{
    // Ranks 0 (missed) .. 30, groups of 1 .. 5, 1 .. 20 rows.
    private static readonly Arbitrary<RankedTarget[]> Rows =
        Gen.Choose(0, 30).SelectMany(rank => Gen.Choose(1, 5).Select(size => new RankedTarget(rank, size)))
            .NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();

    [Fact]
    public void FourRowsByHand()
    {
        // Gains: rank 1 -> 1, rank 3 -> 1 / log2(4) = 1/2, rank 7 -> 1 / log2(8) = 1/3, missed -> 0.
        var values = RankingMetrics.FromRanks([1, 3, 7, 0], [1, 2, 5, 10]);
        Assert.Equal(
            [
                new MetricValue("Recall", 1, 0.25), new("Recall", 2, 0.25), new("Recall", 5, 0.5), new("Recall", 10, 0.75),
                new MetricValue("NDCG", 1, 0.25), new("NDCG", 2, 0.25), new("NDCG", 5, 0.375), new("NDCG", 10, 0.25 + 0.125 + (1 / 12.0)),
            ],
            values,
            (expected, actual) => (expected.Name, expected.K) == (actual.Name, actual.K) && Math.Abs(expected.Value - actual.Value) < 1e-12);
    }

    [Fact]
    public void AllSixMetricsByHand()
    {
        // Ranks 1, 2, 8 and a miss, cut at 4: two hits of four rows, gains 1 and 1 / log2(3), reciprocal ranks 1 and 1/2.
        var values = RankingMetrics.FromRanks([1, 2, 8, 0], RankingMetrics.Names, [4]).ToDictionary(value => value.Name, value => value.Value);
        Assert.Equal(["Recall", "NDCG", "Precision", "HitRate", "MRR", "MAP"], values.Keys);
        Assert.Equal(0.5, values["Recall"], 1e-12);
        Assert.Equal((1 + (1 / Math.Log2(3))) / 4, values["NDCG"], 1e-12);
        Assert.Equal(0.125, values["Precision"], 1e-12); // 2 relevant in 4 lists of 4 places
        Assert.Equal(0.5, values["HitRate"], 1e-12);
        Assert.Equal(0.375, values["MRR"], 1e-12);
        Assert.Equal(0.375, values["MAP"], 1e-12);
    }

    [Fact]
    public void ChosenMetricsComeInTheOrderAskedFor()
    {
        var values = RankingMetrics.FromTargets([new RankedTarget(2, 3)], ["MRR", "Recall"], [3, 2]);
        Assert.Equal([("MRR", 3), ("MRR", 2), ("Recall", 3), ("Recall", 2)], values.Select(value => (value.Name, value.K)));
        Assert.Equal(["Recall", "Recall", "NDCG", "NDCG"], RankingMetrics.FromRanks([1], [1, 2]).Select(value => value.Name));
    }

    [Fact]
    public void TheUsualCutoffsAreThePapers() =>
        Assert.Equal([5, 10, 20, 50, 100], RankingMetrics.FromRanks([1]).Where(value => value.Name == "Recall").Select(value => value.K));

    [Fact]
    public void AGroupOfThreeAcrossTheCutoffByHand()
    {
        // Positions 2, 3, 4: two of the three are within 3, gains 1 / log2(3) and 1 / log2(4).
        var target = new RankedTarget(2, 3);
        Assert.Equal(0, RankingMetrics.ExpectedRecallAt(target, 1));
        Assert.Equal(1 / 3.0, RankingMetrics.ExpectedRecallAt(target, 2), 1e-12);
        Assert.Equal(2 / 3.0, RankingMetrics.ExpectedRecallAt(target, 3), 1e-12);
        Assert.Equal(1, RankingMetrics.ExpectedRecallAt(target, 4));
        Assert.Equal(1, RankingMetrics.ExpectedRecallAt(target, int.MaxValue));
        Assert.Equal(((1 / Math.Log2(3)) + 0.5) / 3, RankingMetrics.ExpectedNdcgAt(target, 3), 1e-12);
        Assert.Equal(0, RankingMetrics.ExpectedNdcgAt(RankedTarget.Missed(3), 100));
        Assert.Equal(2 / 9.0, RankingMetrics.ExpectedPrecisionAt(target, 3), 1e-12); // (2/3 of the one relevant item) / 3 places
        Assert.Equal((0.5 + (1 / 3.0)) / 3, RankingMetrics.ExpectedReciprocalRankAt(target, 3), 1e-12);
        Assert.Equal((0.5 + (1 / 3.0) + 0.25) / 3, RankingMetrics.ExpectedReciprocalRankAt(target, 9), 1e-12); // not 1/3, that of the mean rank
        Assert.Equal(0, RankingMetrics.ExpectedReciprocalRankAt(RankedTarget.Missed(3), 100));
    }

    [Fact]
    public void CreditIsTheMeanOverAllOrdersOfTheGroup() => Prop.ForAll(Rows, targets =>
    {
        foreach (var k in new[] { 1, 4, 9, 25 })
        {
            // The definition: place the target at each position of its group in turn, and average plain metrics.
            double Mean(RankedTarget target, Func<int, double> gain) => target.IsRetrieved
                ? Enumerable.Range(target.FirstRank, target.GroupSize).Average(rank => rank <= k ? gain(rank) : 0)
                : 0;
            AssertMetric(targets, "Recall", k, targets.Average(target => Mean(target, _ => 1)));
            AssertMetric(targets, "NDCG", k, targets.Average(target => Mean(target, rank => Math.Log(2) / Math.Log(rank + 1))));
            AssertMetric(targets, "Precision", k, targets.Average(target => Mean(target, _ => Math.Pow(k, -1))));
            AssertMetric(targets, "HitRate", k, targets.Average(target => Mean(target, _ => 1)));
            AssertMetric(targets, "MRR", k, targets.Average(target => Mean(target, rank => Math.Pow(rank, -1))));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void MetricsRiseWithKAndNdcgIsAtMostRecall() => Prop.ForAll(Rows, targets =>
    {
        var cutoffs = Enumerable.Range(1, 40).ToArray();
        var values = RankingMetrics.FromTargets(targets, cutoffs);
        var (recall, ndcg) = (values.Take(40).Select(value => value.Value).ToArray(), values.Skip(40).Select(value => value.Value).ToArray());
        Assert.All(cutoffs.Skip(1), k => Assert.True(recall[k - 1] >= recall[k - 2] && ndcg[k - 1] >= ndcg[k - 2] - 1e-12));
        Assert.All(cutoffs, k => Assert.InRange(ndcg[k - 1], 0, recall[k - 1] + 1e-12));
        Assert.Equal(targets.Count(target => target.IsRetrieved) / (double)targets.Length, recall[^1], 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WithOneRelevantItemHitRateIsRecallAndMapIsMrr() => Prop.ForAll(Rows, targets =>
    {
        foreach (var k in new[] { 1, 3, 10, 40 })
        {
            double[] Values(string metric) => RankingMetrics.RowValues(targets, metric, k);
            Assert.Equal(Values("Recall"), Values("HitRate"));
            Assert.Equal(Values("MRR"), Values("MAP"));
            Assert.All(Values("Precision").Zip(Values("Recall")), pair => Assert.Equal(pair.Second, pair.First * k, 12));
            Assert.All(Values("MRR").Zip(Values("NDCG")), pair => Assert.InRange(pair.First, 0, pair.Second + 1e-12));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheOrderOfTheRowsDoesNotMatter() => Prop.ForAll(Rows, targets =>
    {
        foreach (var (straight, reversed) in RankingMetrics.FromTargets(targets).Zip(RankingMetrics.FromTargets([.. targets.Reverse()])))
        {
            Assert.Equal(straight.Value, reversed.Value, 1e-12);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ImpossibleInputIsRefused()
    {
        Assert.Throws<ArgumentException>(() => RankingMetrics.FromRanks([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.FromRanks([1], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.FromRanks([-1], [5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.FromTargets([new RankedTarget(1, 0)], [5]));
        Assert.Throws<ArgumentException>(() => RankingMetrics.FromRanks([], RankingMetrics.Names, [5]));
        var unknown = Assert.Throws<ArgumentException>(() => RankingMetrics.RowValues([], "AUC", 5)).Message;
        Assert.Contains("'AUC'", unknown);
        Assert.All(RankingMetrics.Names, name => Assert.Contains(name, unknown));
        Assert.All(RankingMetrics.Names, name => Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.FromRanks([1], [name], [0])));
    }

    private static void AssertMetric(RankedTarget[] targets, string name, int k, double expected) =>
        Assert.Equal(expected, RankingMetrics.FromTargets(targets, [name], [k]).Single().Value, 1e-12);
}
