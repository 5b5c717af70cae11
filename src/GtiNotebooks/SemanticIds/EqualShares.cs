using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Assigns points to centres so that none has more than its share, ceil(points / centres). <see cref="CodePrices"/> make the shares about equal;
/// then the points choose, those with most to lose first, among centres that have room. Good, not optimal: min-cost flow would be, and costs far more.
/// </summary>
internal sealed class EqualShares : IDisposable
{
    private const double Softness = 0.02;
    private readonly Tensor points;
    private readonly int room;
    private readonly CodePrices prices;

    /// <param name="points"><c>[points, width]</c> float64; distances to all centres are held at once.</param>
    /// <param name="centres">How many centres.</param>
    public EqualShares(Tensor points, int centres)
    {
        this.points = points;
        room = (int)((points.shape[0] + centres - 1) / centres);
        prices = new CodePrices(centres, Softness, points);
    }

    /// <summary>The centre of each point and the squared distance to it.</summary>
    /// <param name="centres"><c>[centres, width]</c>.</param>
    /// <param name="cancellation">Stops before the next thousand points choose.</param>
    public (long[] Labels, double[] Distances) Assign(Tensor centres, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var distances = ResidualQuantiser.SquaredDistances(points, centres);
        var scores = prices.Scores(distances);
        var labels = Choose(scores.data<double>().ToArray(), LossOf(scores), (int)centres.shape[0], cancellation);
        return (labels, distances.gather(1, tensor(labels).unsqueeze(1)).data<double>().ToArray());
    }

    /// <summary>What each point loses when it gets its second choice.</summary>
    private static double[] LossOf(Tensor scores)
    {
        if (scores.shape[1] == 1) return new double[scores.shape[0]];
        var best = scores.topk(2, 1).Item1;
        return (best.select(1, 0) - best.select(1, 1)).data<double>().ToArray();
    }

    private long[] Choose(double[] scores, double[] loss, int centres, CancellationToken cancellation)
    {
        var labels = new long[loss.Length];
        var taken = new int[centres];
        var chosen = 0;
        foreach (var point in Enumerable.Range(0, loss.Length).OrderByDescending(i => loss[i]).ThenBy(i => i))
        {
            if (++chosen % 1000 == 0)
                cancellation.ThrowIfCancellationRequested();
            var best = -1;
            for (var c = 0; c < centres; c++)
            {
                if (taken[c] < room && (best < 0 || scores[point * centres + c] > scores[point * centres + best])) best = c;
            }
            labels[point] = best;
            taken[best]++;
        }
        return labels;
    }

    public void Dispose() => prices.Dispose();
}
