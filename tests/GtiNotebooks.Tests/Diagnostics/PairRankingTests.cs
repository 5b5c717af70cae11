using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Diagnostics;

namespace GtiNotebooks.Tests.Diagnostics;

public class PairRankingTests
{
    private static readonly IndexPair[] Related = [new(0, 1), new(1, 2)];
    private static readonly IndexPair[] Unrelated = [new(0, 2), new(2, 3), new(0, 3)];

    [Fact]
    public void TiesCountHalf()
    {
        var ranking = new PairRanking(Related, [0.5, 0.1], Unrelated, [0.5, 0.2, -0.3]);

        // 0.5 ties, wins, wins; 0.1 loses, loses, wins
        Assert.Equal((0.5 + 1 + 1 + 0 + 0 + 1) / 6, ranking.Area([1, 1, 1, 1]));
        // pair (0,1) twice, (1,2) once; (0,2) twice, (2,3) once, (0,3) twice
        Assert.Equal((2 * ((2 * 0.5) + 1 + 2) + 2.0) / (3 * 5), ranking.Area([2, 1, 1, 1]));
        Assert.Null(ranking.Area([1, 0, 1, 1]));
    }

    [Fact]
    public void WeightsEqualRepeatedPairs()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            const int words = 6;
            var times = Enumerable.Range(0, words).Select(_ => random.Next(3)).ToArray();
            var (related, unrelated) = (Drawn(random, words, 8), Drawn(random, words, 11));
            var (likeRelated, likeUnrelated) = (Cosines(random, 8), Cosines(random, 11));
            var high = Repeat(related, likeRelated, times);
            var low = Repeat(unrelated, likeUnrelated, times);
            var area = new PairRanking(related, likeRelated, unrelated, likeUnrelated).Area(times);
            if (high.Length == 0 || low.Length == 0)
                return area is null;
            var brute = high.Average(h => low.Average(l => h > l ? 1 : h == l ? 0.5 : 0));
            return Math.Abs(brute - area!.Value) < 1e-12;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TheIntervalCoversWhatIsThereAndFollowsTheSeed()
    {
        // Related pairs lie 1 above unrelated ones, with noise of deviation 1: the area is Phi(1/sqrt(2)) = 0.7602.
        const double truth = 0.7602;
        var random = new Random(3);
        var (related, unrelated) = (Drawn(random, 400, 300), Drawn(random, 400, 3000));
        var ranking = new PairRanking(related, Normal(random, 300, 1), unrelated, Normal(random, 3000, 0));

        var area = ranking.Estimate(400, seed: 1, resamples: 300);

        Assert.InRange(truth, area.Low, area.High);
        Assert.InRange(area.Value, area.Low, area.High);
        // Independent pairs: Hanley and McNeil's standard error is about 0.0166, and drawing words is a little wider than drawing pairs.
        Assert.InRange(area.High - area.Low, 3 * 0.0166, 8 * 0.0166);
        Assert.Equal(area, ranking.Estimate(400, seed: 1, resamples: 300));
        Assert.NotEqual(area, ranking.Estimate(400, seed: 2, resamples: 300));
    }

    private static IndexPair[] Drawn(Random random, int words, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new IndexPair(random.Next(words), random.Next(words)))];

    // Few different values, so that there are ties.
    private static double[] Cosines(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(5) / 4.0)];

    private static double[] Normal(Random random, int count, double mean) => [.. Enumerable.Range(0, count).Select(_ =>
        mean + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    private static double[] Repeat(IndexPair[] pairs, double[] cosines, int[] times) =>
        [.. pairs.Zip(cosines).SelectMany(entry => Enumerable.Repeat(entry.Second, times[entry.First.First] * times[entry.First.Second]))];
}
