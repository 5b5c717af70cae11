using GtiNotebooks.Diagnostics;

namespace GtiNotebooks.Tests.Diagnostics.Maps;

public sealed class TsneTests
{
    private const int Count = 9;
    private static readonly double[] Distances = Trustworthiness.SquaredDistances(Places(seed: 1));

    private static double[] Places(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 2 * Count).Select(_ => 4 * random.NextDouble())];
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(2.5)]
    [InlineData(6)]
    public void EveryRowHasThePerplexityAndIsABellCurve(double perplexity)
    {
        for (var i = 0; i < Count; i++)
        {
            var shares = new double[Count];
            var row = Distances.AsSpan(i * Count, Count).ToArray();
            TsneAffinities.Row(row, i, Math.Log(perplexity), shares);
            Assert.Equal(0, shares[i]);
            Assert.Equal(1, shares.Sum(), 12);
            Assert.Equal(perplexity, Math.Exp(-shares.Where(share => share > 0).Sum(share => share * Math.Log(share))), 4);
            // log share is a straight line in the squared distance: one width for all.
            var others = Enumerable.Range(0, Count).Where(j => j != i).OrderBy(j => row[j]).ToArray();
            double Slope(int a, int b) => (Math.Log(shares[a]) - Math.Log(shares[b])) / (row[a] - row[b]);
            Assert.Equal(Slope(others[0], others[1]), Slope(others[0], others[3]), 6);
        }
    }

    [Fact]
    public void AffinitiesAreSymmetricAndAddUpToOne()
    {
        var affinities = TsneAffinities.Of(Distances, Count, 2);
        Assert.Equal(1, affinities.Sum(), 12);
        for (var i = 0; i < Count; i++)
            for (var j = 0; j < Count; j++)
                Assert.Equal(affinities[(i * Count) + j], affinities[(j * Count) + i]);
    }

    [Fact]
    public void TheGradientIsThatOfTheDivergence()
    {
        var affinities = TsneAffinities.Of(Distances, Count, 3);
        var places = Places(seed: 2);
        var gradient = new double[places.Length];
        TsneDescent.Gradient(affinities, places, 1, gradient);
        const double step = 1e-5;
        for (var i = 0; i < places.Length; i++)
        {
            double At(double shift) => TsneDescent.Divergence(affinities, [.. places.Select((place, k) => k == i ? place + shift : place)]);
            Assert.Equal((At(step) - At(-step)) / (2 * step), gradient[i], 7);
        }
    }

    [Fact]
    public void TheDescentGoesDown()
    {
        var affinities = TsneAffinities.Of(Distances, Count, 2);
        var start = Places(seed: 3);
        double After(int iterations) => TsneDescent.Divergence(affinities, TsneDescent.Run(affinities, start, new TsneOptions(Iterations: iterations), default));
        Assert.True(After(600) < 0.5 * After(1), $"{After(1)} to {After(600)}");
    }

    [Fact]
    public void TrustworthinessByHand()
    {
        // On a line at 0, 1, 3, 7: the map exchanges the first and the last. With one neighbour: rank of the map's nearest in truth, less 1.
        double[] truth = Squares(0, 1, 3, 7), map = Squares(7, 1, 3, 0);
        // Map: 7 has 3 (point 2, rank 2 in truth of point 0), 1 has 0 (point 3, rank 3 of point 1), 3 has 1 (point 1, rank 1), 0 has 1 (point 1, rank 2 of point 3).
        Assert.Equal(1 - (2 * (1 + 2 + 0 + 1) / (4.0 * 1 * ((2 * 4) - 3 - 1))), Trustworthiness.Of(truth, map, 4, 1), 12);
        Assert.Equal(1, Trustworthiness.Of(truth, truth, 4, 1));
    }

    private static double[] Squares(params double[] line) => [.. line.SelectMany(a => line.Select(b => (a - b) * (a - b)))];
}
