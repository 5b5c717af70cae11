namespace GtiNotebooks.Bench;

/// <summary>
/// Ratios of two sides that ran in turn. Each pair ran at about the same time, so what else the machine did weighs on both; the median drops the
/// pair in which it did not.
/// </summary>
/// <param name="Median">The middle ratio, or the mean of the two in the middle.</param>
/// <param name="Lowest">The lowest.</param>
/// <param name="Highest">The highest.</param>
internal sealed record PairedRatio(double Median, double Lowest, double Highest)
{
    /// <summary>Of pairs.</summary>
    /// <param name="pairs">Ours and theirs; at least one pair, all positive.</param>
    public static PairedRatio Of(IEnumerable<(double Ours, double Theirs)> pairs)
    {
        var ratios = pairs.Select(pair => pair.Ours / pair.Theirs).Order().ToArray();
        if (ratios.Length == 0 || !ratios.All(ratio => ratio > 0 && double.IsFinite(ratio)))
            throw new ArgumentException("ratios need at least one pair, and positive numbers", nameof(pairs));
        return new PairedRatio((ratios[(ratios.Length - 1) / 2] + ratios[ratios.Length / 2]) / 2, ratios[0], ratios[^1]);
    }
}
