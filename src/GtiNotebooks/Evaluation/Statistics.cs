namespace GtiNotebooks.Evaluation;

/// <summary>What a few seeds say about a number: means, paired differences and relative gains, each with a 95 % Student-t interval.</summary>
public static class Statistics
{
    /// <summary>The confidence of all intervals.</summary>
    public const double Confidence = 0.95;

    /// <summary>Mean and 95 % interval: mean ± t(0.975, n - 1) s / sqrt(n), s the sample's standard deviation (n - 1 in the denominator).</summary>
    /// <param name="values">One value a seed; at least one, all finite.</param>
    /// <returns>The mean; its ends are NaN when there is one value only.</returns>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static ConfidenceInterval MeanInterval(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || !values.All(double.IsFinite))
        {
            throw new ArgumentException("At least one value is needed, and all must be finite.", nameof(values));
        }
        var mean = values.Average();
        if (values.Count == 1)
        {
            return new ConfidenceInterval(mean, double.NaN, double.NaN, 1);
        }
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        var half = StudentT.TwoSidedQuantile(Confidence, values.Count - 1) * Math.Sqrt(variance / values.Count);
        return new ConfidenceInterval(mean, mean - half, mean + half, values.Count);
    }

    /// <summary>Mean and 95 % interval of method less baseline, value by value (one pair a seed): what both share by seed cancels.</summary>
    /// <param name="baseline">The baseline's values.</param>
    /// <param name="method">The method's values, for the same seeds in the same order.</param>
    /// <exception cref="ArgumentException">The lists differ in length or are empty, or a value is not finite.</exception>
    public static ConfidenceInterval PairedDifference(IReadOnlyList<double> baseline, IReadOnlyList<double> method)
    {
        RequirePairs(baseline, method);
        return MeanInterval([.. method.Zip(baseline, (ours, theirs) => ours - theirs)]);
    }

    /// <summary>
    /// Relative gain over the baseline, 0.1 = 10 % more: the paired difference and its interval, both divided by the baseline's mean. The
    /// band is that of the difference; the baseline's mean is taken as it is.
    /// </summary>
    /// <param name="baseline">The baseline's values.</param>
    /// <param name="method">The method's values, for the same seeds in the same order.</param>
    /// <returns>The gain; all NaN when the baseline's mean is 0.</returns>
    /// <exception cref="ArgumentException">The lists differ in length or are empty, or a value is not finite.</exception>
    public static ConfidenceInterval RelativeGain(IReadOnlyList<double> baseline, IReadOnlyList<double> method) =>
        Relative(PairedDifference(baseline, method), baseline.Average());

    /// <summary>An interval in units of a baseline's mean; NaN when that is 0.</summary>
    internal static ConfidenceInterval Relative(ConfidenceInterval difference, double baselineMean) =>
        baselineMean == 0
            ? new ConfidenceInterval(double.NaN, double.NaN, double.NaN, difference.Count)
            : new ConfidenceInterval(
                difference.Mean / baselineMean, difference.Low / baselineMean, difference.High / baselineMean, difference.Count);

    /// <summary>Throws unless the lists have one length.</summary>
    internal static void RequirePairs(IReadOnlyList<double> baseline, IReadOnlyList<double> method)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(method);
        if (baseline.Count != method.Count)
        {
            throw new ArgumentException($"Pairs are needed, but the baseline has {baseline.Count} values and the method {method.Count}.", nameof(method));
        }
    }
}
