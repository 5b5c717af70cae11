using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>What every step asks of the items' vectors.</summary>
internal static class ItemVectors
{
    private static readonly Scalar Least = 1e-300.ToScalar(); // a row of zeros stays one

    /// <summary>Refuses anything but a floating-point matrix <c>[items, width]</c> of finite numbers that is not empty.</summary>
    public static void Check(Tensor vectors, [CallerArgumentExpression(nameof(vectors))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(vectors, name);
        if (vectors.dim() != 2 || vectors.numel() == 0 || !vectors.is_floating_point())
            throw new ArgumentException($"Must be a floating-point matrix [items, width] that is not empty, not {vectors.dtype} [{string.Join(", ", vectors.shape)}].", name);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var finite = vectors.isfinite().all(1).cpu().data<bool>().ToArray();
        var bad = Array.IndexOf(finite, false);
        if (bad >= 0)
            throw new ArgumentException($"The vectors of {finite.Count(row => !row)} items have values that are not finite; the first is item {bad}.", name);
    }

    /// <summary>The vectors divided by their lengths, float64 on the CPU; vectors of zeros stay zeros.</summary>
    /// <exception cref="ArgumentException">Not a matrix of finite numbers, or not one row an item.</exception>
    public static Tensor Directions(Tensor vectors, int items)
    {
        Check(vectors);
        if (vectors.shape[0] != items) throw new ArgumentException($"There are {vectors.shape[0]} vectors and {items} items.", nameof(vectors));
        using var scope = NewDisposeScope();
        var rows = vectors.detach().cpu().to(ScalarType.Float64);
        return (rows / rows.pow(Scalars.Two).sum(1, keepdim: true).sqrt().clamp_min(Least)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Groups of two or more items whose vectors are equal, up to rounding: equal texts may come out of a matrix product a few bits apart. Equal
    /// means a distance of at most 1e-5 of their length. Items ascending, groups by their first item.
    /// </summary>
    /// <param name="vectors"><c>[items, width]</c>.</param>
    /// <param name="texts">One an item, which must be equal too (texts may differ in words that their vectors do not know); null where there are none.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Identical(Tensor vectors, IReadOnlyList<string>? texts = null)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var values = vectors.detach().cpu().to(ScalarType.Float64).contiguous();
        var (items, width) = ((int)values.shape[0], (int)values.shape[1]);
        var rows = values.data<double>().ToArray();
        double[] tolerance = [.. rows.Chunk(width).Select(row => 1e-5 * Math.Sqrt(row.Sum(value => value * value)))];
        var widest = tolerance.Max();
        var key = Projection(rows, items, width);
        int[] order = [.. Enumerable.Range(0, items).OrderBy(item => key[item]).ThenBy(item => item)];

        var groups = new List<List<int>>();
        var open = 0; // groups before this one lie too far back
        foreach (var item in order)
        {
            // A projection on a direction of length 1 brings points no farther apart than they are.
            while (open < groups.Count && key[item] - key[groups[open][0]] > widest) open++;
            var like = Enumerable.Range(open, groups.Count - open).FirstOrDefault(g => Equal(groups[g][0], item), -1);
            if (like >= 0) groups[like].Add(item);
            else groups.Add([item]);
        }
        bool Equal(int a, int b) => (texts is null || texts[a] == texts[b]) && Distance(rows, width, a, b) <= tolerance[b];
        return [.. groups.Where(group => group.Count > 1).Select(group => (IReadOnlyList<int>)[.. group.Order()]).OrderBy(group => group[0])];
    }

    /// <summary>Coordinates along one fixed direction of length 1 that no dimension is special to.</summary>
    private static double[] Projection(double[] rows, int items, int width)
    {
        var random = new Random(0);
        var direction = Array.ConvertAll(new double[width], _ => random.NextDouble() - 0.5);
        var length = Math.Sqrt(direction.Sum(value => value * value));
        var key = new double[items];
        for (var i = 0; i < rows.Length; i++) key[i / width] += rows[i] * direction[i % width] / length;
        return key;
    }

    private static double Distance(double[] rows, int width, int a, int b)
    {
        var squares = 0.0;
        for (var i = 0; i < width; i++)
        {
            var difference = rows[a * width + i] - rows[b * width + i];
            squares += difference * difference;
        }
        return Math.Sqrt(squares);
    }
}
