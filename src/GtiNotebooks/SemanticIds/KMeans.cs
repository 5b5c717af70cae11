using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>Lloyd's algorithm from a k-means++ start (Arthur and Vassilvitskii 2007), on the CPU in float64.</summary>
internal static class KMeans
{
    // Rows compared with all centres at once: a block of distances stays within some 32 MB.
    private const long DistancesAtOnce = 1L << 22;

    /// <summary>The nearest centre of each point and the centres, <c>[count, width]</c>; both belong together on return.</summary>
    /// <param name="points"><c>[points, width]</c> float64.</param>
    /// <param name="count">From 1 to the number of points.</param>
    /// <param name="iterations">Most rounds.</param>
    /// <param name="sizes">Whether a centre may have any number of points.</param>
    /// <param name="random">For the start.</param>
    /// <param name="cancellation">Stops before the next centre is drawn, the next block of distances or the next round.</param>
    public static (long[] Labels, Tensor Centres) Fit(
        Tensor points, int count, int iterations, ClusterSizes sizes, Random random, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        var centres = Start(points, count, random, cancellation);
        using var balance = sizes == ClusterSizes.Balanced ? new EqualShares(points, count) : null;
        (long[] Labels, double[] Distances) Assign(Tensor to) => balance?.Assign(to, cancellation) ?? Nearest(points, to, cancellation);
        var (labels, distances) = Assign(centres);
        for (var i = 0; i < iterations; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var moved = Move(points, centres, labels, distances).MoveToOuterDisposeScope();
            centres.Dispose();
            centres = moved;
            var before = labels;
            (labels, distances) = Assign(centres);
            if (labels.AsSpan().SequenceEqual(before)) break;
        }
        return (labels, centres.MoveToOuterDisposeScope());
    }

    /// <summary>Centres drawn from the points, each with a probability in proportion to its squared distance from those drawn before.</summary>
    private static Tensor Start(Tensor points, int count, Random random, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var size = (int)points.shape[0];
        var chosen = new long[count];
        var nearest = new double[size];
        Array.Fill(nearest, double.PositiveInfinity);
        chosen[0] = random.Next(size);
        for (var c = 1; c < count; c++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var distances = (points - points[chosen[c - 1]]).pow(Scalars.Two).sum(1).data<double>().ToArray();
            for (var i = 0; i < size; i++) nearest[i] = Math.Min(nearest[i], distances[i]);
            chosen[c] = Draw(nearest, random);
        }
        return points.index_select(0, tensor(chosen)).MoveToOuterDisposeScope();
    }

    /// <summary>Draws different places, each time in proportion to the weights of those left; fewer when only weights of 0 are left.</summary>
    public static long[] DrawWithout(double[] weights, int count, Random random)
    {
        var left = weights.ToArray();
        var drawn = new List<long>();
        while (drawn.Count < count && Array.Exists(left, weight => weight > 0))
        {
            var place = Draw(left, random);
            drawn.Add(place);
            left[place] = 0;
        }
        return [.. drawn];
    }

    private static int Draw(double[] weights, Random random)
    {
        var left = random.NextDouble() * weights.Sum();
        var last = -1;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0) continue;
            last = i;
            left -= weights[i];
            if (left < 0) return i;
        }
        // Every point is a centre already: a further one changes nothing.
        return last >= 0 ? last : random.Next(weights.Length);
    }

    /// <summary>The nearest centre of each point and the squared distance to it.</summary>
    private static (long[] Labels, double[] Distances) Nearest(Tensor points, Tensor centres, CancellationToken cancellation)
    {
        var size = points.shape[0];
        var (labels, distances) = (new long[size], new double[size]);
        var rows = Math.Max(1, DistancesAtOnce / centres.shape[0]);
        for (var start = 0L; start < size; start += rows)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var block = points.narrow(0, start, Math.Min(rows, size - start));
            // |x - c|^2 = |x|^2 - 2 x c + |c|^2, the first part being the same for all centres.
            var compared = centres.pow(Scalars.Two).sum(1) - block.mm(centres.t()).mul(Scalars.Two);
            var nearest = compared.argmin(1);
            var exact = (block - centres.index_select(0, nearest)).pow(Scalars.Two).sum(1);
            nearest.data<long>().ToArray().CopyTo(labels, start);
            exact.data<double>().ToArray().CopyTo(distances, start);
        }
        return (labels, distances);
    }

    /// <summary>
    /// Each centre moves to the mean of its points. One without points moves to the point farthest from its own centre, each such point being
    /// taken once; it stays where it is when every point lies on a centre.
    /// </summary>
    private static Tensor Move(Tensor points, Tensor centres, long[] labels, double[] distances)
    {
        var counts = new double[centres.shape[0]];
        foreach (var label in labels) counts[label]++;
        var sums = zeros_like(centres);
        sums.index_add_(0, tensor(labels), points, Scalars.One);
        var means = sums / tensor(Array.ConvertAll(counts, c => Math.Max(c, 1))).unsqueeze(1);
        var empty = Enumerable.Range(0, counts.Length).Where(c => counts[c] == 0).ToArray();
        if (empty.Length == 0) return means;

        var farthest = Enumerable.Range(0, distances.Length).Where(i => distances[i] > 0)
            .OrderByDescending(i => distances[i]).ThenBy(i => i).Take(empty.Length).ToArray();
        for (var e = 0; e < empty.Length; e++)
            means[empty[e]] = e < farthest.Length ? points[farthest[e]] : centres[empty[e]];
        return means;
    }
}
