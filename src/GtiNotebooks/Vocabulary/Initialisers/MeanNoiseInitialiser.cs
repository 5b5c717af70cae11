using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>
/// The mean of the pretrained rows plus noise from N(0, (f sigma)^2) in each column, sigma^2 the variance of the pretrained rows' columns around
/// their means, averaged over columns. With f = 1 new rows lie as far from the mean as the pretrained ones do, in any direction alike.
/// </summary>
/// <remarks>LlamaFactory's <c>noise_init</c> takes 1 / sqrt(width) for f sigma, whatever the spread of the table is.</remarks>
public sealed class MeanNoiseInitialiser : ITokenInitialiser
{
    private readonly double factor;

    /// <param name="factor">f; at least 0, where 0 is the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
    public MeanNoiseInitialiser(double factor = 1)
    {
        if (!(factor >= 0 && double.IsFinite(factor)))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The noise is scaled by 0 or more");
        this.factor = factor;
    }

    /// <inheritdoc/>
    public string Name => "mean-noise";

    /// <inheritdoc/>
    public Tensor Initialise(Tensor textRows, int count, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var mean = RowStatistics.Mean(textRows);
        var sigma = Math.Sqrt(RowStatistics.MeanSquaredDistance(textRows, mean) / textRows.shape[1]);
        var noise = SeededDraw.Normal(count, textRows.shape[1], ScalarType.Float64, textRows.device, generator);
        return mean.Plus(noise.Times(factor * sigma)).MoveToOuterDisposeScope();
    }
}
