using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// How Llama 3.1 and later stretch rotary positions to longer texts (<c>rope_type</c> <c>llama3</c>): a frequency that turns at most
/// <paramref name="LowFrequencyFactor"/> times within the original length is divided by <paramref name="Factor"/>, one that turns at least
/// <paramref name="HighFrequencyFactor"/> times stays, and those between are interpolated linearly in the number of turns.
/// </summary>
/// <param name="Factor">How many times slower the slow frequencies become; positive.</param>
/// <param name="LowFrequencyFactor">Turns up to which a frequency is slow; positive.</param>
/// <param name="HighFrequencyFactor">Turns from which a frequency is fast; above <paramref name="LowFrequencyFactor"/>.</param>
/// <param name="OriginalMaxPositions">Longest text before the stretching, tokens.</param>
public sealed record Llama3RopeScaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalMaxPositions)
{
    /// <summary>Checks that the numbers fit together.</summary>
    /// <exception cref="ArgumentException">One does not; the message names it as <c>config.json</c> does.</exception>
    public void Validate()
    {
        if (!(Factor > 0) || !(LowFrequencyFactor > 0) || OriginalMaxPositions <= 0)
        {
            throw new ArgumentException(
                $"rope scaling needs positive numbers: factor is {Factor}, low_freq_factor {LowFrequencyFactor}, original_max_position_embeddings {OriginalMaxPositions}");
        }

        if (!(HighFrequencyFactor > LowFrequencyFactor))
            throw new ArgumentException($"high_freq_factor {HighFrequencyFactor} must be above low_freq_factor {LowFrequencyFactor}");
    }

    /// <summary>Scales rotary frequencies, radians a position.</summary>
    /// <param name="frequencies"><c>[n]</c>.</param>
    /// <returns><c>[n]</c>.</returns>
    internal Tensor Apply(Tensor frequencies)
    {
        using var low = LowFrequencyFactor.ToScalar();
        using var span = (HighFrequencyFactor - LowFrequencyFactor).ToScalar();
        using var factor = Factor.ToScalar();
        var turns = frequencies.Times(OriginalMaxPositions / (2 * Math.PI));
        var kept = ((turns - low) / span).clamp(Scalars.Zero, Scalars.One);
        return frequencies * kept.Plus(kept.neg().add(Scalars.One, Scalars.One) / factor);
    }
}
