using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

/// <summary>That k-means stops when it is told to; what it finds is asked in <see cref="ResidualKMeansTests"/>.</summary>
public class KMeansTests
{
    private const int Centres = 24;

    [Theory]
    [InlineData(2, ClusterSizes.Free)]
    [InlineData(12, ClusterSizes.Free)]
    [InlineData(Centres - 1, ClusterSizes.Free)] // the last: from here on there are rounds only
    [InlineData(Centres - 1, ClusterSizes.Balanced)]
    public void Nothing_more_is_drawn_or_moved_after_a_cancellation(int draw, ClusterSizes sizes)
    {
        using var scope = NewDisposeScope();
        using var cancellation = new CancellationTokenSource();
        var random = new CancellingRandom(cancellation, draw);

        Assert.ThrowsAny<OperationCanceledException>(() => KMeans.Fit(Points(400, 4), Centres, iterations: 50, sizes, random, cancellation.Token));

        Assert.Equal(draw, random.Draws);
    }

    [Fact]
    public void A_large_one_ends_soon_after_a_cancellation()
    {
        using var points = rand(60_000, 32);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        // One level: it takes some minutes, and would return its codes where the token is looked at between levels only.
        var options = new ResidualKMeansOptions(Levels: 1, CodebookSize: 4000, Iterations: 50, Seed: 0);
        Assert.ThrowsAny<OperationCanceledException>(() => options.Learn(points, cancellation: cancellation.Token));
    }

    private static Tensor Points(int count, int width)
    {
        var random = new System.Random(3);
        return tensor([.. Enumerable.Range(0, count * width).Select(_ => random.NextDouble())], [count, width]);
    }

    private sealed class CancellingRandom(CancellationTokenSource cancellation, int draw) : System.Random(1)
    {
        public int Draws { get; private set; }

        public override double NextDouble()
        {
            if (++Draws == draw)
                cancellation.Cancel();
            return base.NextDouble();
        }
    }
}
