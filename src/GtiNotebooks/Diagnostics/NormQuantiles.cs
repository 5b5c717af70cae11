namespace GtiNotebooks.Diagnostics;

/// <summary>How long rows are.</summary>
/// <param name="FivePercent">5 % of the rows are shorter.</param>
/// <param name="Median">Half of the rows are shorter.</param>
/// <param name="NinetyFivePercent">95 % of the rows are shorter.</param>
public sealed record NormQuantiles(double FivePercent, double Median, double NinetyFivePercent)
{
    /// <summary>Quantiles with linear interpolation between neighbours (numpy's default).</summary>
    /// <param name="norms">At least one length, in any order.</param>
    internal static NormQuantiles Of(IReadOnlyCollection<double> norms)
    {
        var sorted = norms.Order().ToArray();
        return new NormQuantiles(At(sorted, 0.05), At(sorted, 0.5), At(sorted, 0.95));
    }

    /// <summary>One quantile of values in ascending order, interpolated likewise.</summary>
    internal static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
