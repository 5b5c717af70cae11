namespace GtiNotebooks.Bench;

/// <summary>What one size cost.</summary>
/// <param name="Size">The size.</param>
/// <param name="Seconds">By the clock; the middle of the rounds.</param>
/// <param name="CpuSeconds">Of processor time; the middle of the rounds.</param>
internal sealed record GrowthPoint(double Size, double Seconds, double CpuSeconds);

/// <summary>How one cost grows with one size, all others fixed.</summary>
/// <param name="What">What is timed.</param>
/// <param name="Against">What grows.</param>
/// <param name="Points">By rising size; at least two.</param>
internal sealed record GrowthSeries(string What, string Against, IReadOnlyList<GrowthPoint> Points)
{
    /// <summary>Exponent fitted to the clock.</summary>
    public double Exponent => PowerLaw.Exponent([.. Points.Select(p => (p.Size, p.Seconds))]);

    /// <summary>Exponent fitted to processor time, which hardly depends on what else the machine does.</summary>
    public double CpuExponent => PowerLaw.Exponent([.. Points.Select(p => (p.Size, p.CpuSeconds))]);

    /// <summary>
    /// The same between the two largest sizes: what does not grow hides, at small sizes, how the rest does.
    /// </summary>
    public double LastCpuExponent => PowerLaw.Exponent([.. Points.TakeLast(2).Select(p => (p.Size, p.CpuSeconds))]);
}
