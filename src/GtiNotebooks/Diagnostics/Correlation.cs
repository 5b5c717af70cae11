namespace GtiNotebooks.Diagnostics;

/// <summary>How two lists of numbers go together.</summary>
public static class Correlation
{
    /// <summary>Pearson's correlation: of the values.</summary>
    /// <param name="x">One list, finite numbers.</param>
    /// <param name="y">The other, as long.</param>
    /// <returns>In [-1, 1]; null with fewer than two pairs, or when one list has one value only.</returns>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double? Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count)
        {
            throw new ArgumentException($"The lists differ in length: {x.Count} and {y.Count}.", nameof(y));
        }
        if (x.Count < 2 || IsConstant(x) || IsConstant(y))
        {
            return null;
        }
        double meanX = x.Average(), meanY = y.Average();
        double xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Count; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            (xy, xx, yy) = (xy + (dx * dy), xx + (dx * dx), yy + (dy * dy));
        }
        return Math.Clamp(xy / (Math.Sqrt(xx) * Math.Sqrt(yy)), -1, 1);
    }

    /// <summary>Spearman's correlation: Pearson's of the ranks, equal values given their average rank.</summary>
    /// <param name="x">One list, finite numbers.</param>
    /// <param name="y">The other, as long.</param>
    /// <returns>In [-1, 1]; null with fewer than two pairs, or when one list has one value only.</returns>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double? Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Pearson(AverageRanks(x), AverageRanks(y));
    }

    /// <summary>1-based ranks, smallest first; equal values share the mean of their places: 5, 7, 7, 9 have 1, 2.5, 2.5, 4.</summary>
    /// <param name="values">Finite numbers.</param>
    public static double[] AverageRanks(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sorted = [.. values];
        int[] places = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, places);
        var ranks = new double[sorted.Length];
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from])
            {
                to++;
            }
            foreach (var place in places.AsSpan(from..to))
            {
                ranks[place] = (from + 1 + to) / 2.0;
            }
        }
        return ranks;
    }

    private static bool IsConstant(IReadOnlyList<double> values) => values.All(value => value == values[0]);
}
