namespace GtiNotebooks.Evaluation;

/// <summary>A mean with its 95 % interval.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">Lower end; NaN where one value alone gives no interval.</param>
/// <param name="High">Upper end; NaN where one value alone gives no interval.</param>
/// <param name="Count">How many values (seeds, or resampled users) the mean is over.</param>
public sealed record ConfidenceInterval(double Mean, double Low, double High, int Count)
{
    /// <summary>Whether there is an interval: a single value has a mean only.</summary>
    public bool HasInterval => !double.IsNaN(Low) && !double.IsNaN(High);

    /// <summary>Half the interval's width; NaN where there is no interval.</summary>
    public double HalfWidth => (High - Low) / 2;

    /// <summary>Whether the interval lies on one side of zero; false where there is no interval.</summary>
    public bool ExcludesZero => HasInterval && (Low > 0 || High < 0);
}
