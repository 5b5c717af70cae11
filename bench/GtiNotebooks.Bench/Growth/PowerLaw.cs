namespace GtiNotebooks.Bench;

/// <summary>Fits y = c x^e.</summary>
internal static class PowerLaw
{
    /// <summary>The exponent e: the slope of the straight line through (ln x, ln y) whose squared vertical distances are least.</summary>
    /// <param name="points">At least two different x; all numbers positive.</param>
    /// <exception cref="ArgumentException">There are fewer, or a number is not positive.</exception>
    public static double Exponent(IReadOnlyList<(double X, double Y)> points)
    {
        if (!points.All(p => p.X > 0 && p.Y > 0 && double.IsFinite(p.X) && double.IsFinite(p.Y)))
            throw new ArgumentException("a power law needs positive numbers", nameof(points));
        var (x, y) = (points.Select(p => Math.Log(p.X)).ToArray(), points.Select(p => Math.Log(p.Y)).ToArray());
        if (x.Distinct().Count() < 2)
            throw new ArgumentException("a power law needs two different sizes at least", nameof(points));
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
