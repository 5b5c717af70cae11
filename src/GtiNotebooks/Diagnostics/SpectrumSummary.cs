namespace GtiNotebooks.Diagnostics;

/// <summary>The share of a spectrum's energy in its first directions.</summary>
/// <param name="Directions">How many.</param>
/// <param name="Share">Their squared singular values divided by all, in [0, 1].</param>
public sealed record EnergyShare(int Directions, double Share);

/// <summary>A spectrum in a few numbers: four ways to say how many directions the rows use.</summary>
/// <param name="EffectiveRank">See <see cref="Spectrum.EffectiveRank"/>: sensitive to small directions.</param>
/// <param name="ParticipationRatio">See <see cref="Spectrum.ParticipationRatio"/>.</param>
/// <param name="StableRank">See <see cref="Spectrum.StableRank"/>: how large the others are beside the largest.</param>
/// <param name="Energies">Energy of the first directions, fewest first.</param>
public sealed record SpectrumSummary(double EffectiveRank, double ParticipationRatio, double StableRank, IReadOnlyList<EnergyShare> Energies)
{
    /// <summary>Numbers of directions whose energy is given when no others are asked for.</summary>
    public static IReadOnlyList<int> UsualDirections { get; } = [1, 10, 100];

    /// <summary>Summarises a spectrum; one that a report or a study's record holds is <c>new Spectrum(report.SingularValuesRaw)</c>.</summary>
    /// <param name="spectrum">The spectrum.</param>
    /// <param name="directions">Whose energy to give; <see cref="UsualDirections"/> when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of directions is negative.</exception>
    public static SpectrumSummary Of(Spectrum spectrum, IReadOnlyList<int>? directions = null)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        return new SpectrumSummary(
            spectrum.EffectiveRank, spectrum.ParticipationRatio, spectrum.StableRank,
            [.. (directions ?? UsualDirections).Order().Select(count => new EnergyShare(count, spectrum.EnergyAt(count)))]);
    }
}
