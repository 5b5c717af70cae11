using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>
/// Rows drawn from N(mu, c Sigma): mu the mean of the pretrained rows, Sigma their covariance (Hewitt, 2021, "Initializing new word embeddings
/// for pretrained language models"). With c = 1 new rows are spread as the pretrained ones are.
/// </summary>
/// <remarks>
/// Hugging Face's <c>resize_token_embeddings</c> scales the covariance by 1e-9: rows that differ from their mean by 1/30,000 of the pretrained rows'
/// spread are one point again, which is the collapse of <see cref="MeanInitialiser"/>. The draw is
/// mu + sqrt(c) z Sigma^(1/2), z standard normal, with the symmetric square root, which exists for singular covariances and does not depend on how a
/// decomposition chooses its signs. Computed in float64.
/// </remarks>
public sealed class MeanCovarianceInitialiser : ITokenInitialiser
{
    // Distance from 1 to the next float64.
    private const double Rounding = 2.220446049250313e-16;

    private readonly double covarianceScale;

    /// <param name="covarianceScale">c; at least 0, where 0 is the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is negative or not finite.</exception>
    public MeanCovarianceInitialiser(double covarianceScale = 1)
    {
        if (!(covarianceScale >= 0 && double.IsFinite(covarianceScale)))
            throw new ArgumentOutOfRangeException(nameof(covarianceScale), covarianceScale, "The covariance is scaled by 0 or more");
        this.covarianceScale = covarianceScale;
    }

    /// <inheritdoc/>
    public string Name => "mean-covariance";

    /// <inheritdoc/>
    public Tensor Initialise(Tensor textRows, int count, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var mean = RowStatistics.Mean(textRows);
        var root = SquareRoot(RowStatistics.Covariance(textRows, mean));
        var noise = SeededDraw.Normal(count, textRows.shape[1], ScalarType.Float64, textRows.device, generator);
        return mean.Plus(noise.mm(root).Times(Math.Sqrt(covarianceScale))).MoveToOuterDisposeScope();
    }

    // Rounding makes small eigenvalues of zeros, positive or negative, and their roots would not be small.
    private static Tensor SquareRoot(Tensor covariance)
    {
        var (values, vectors) = linalg.eigh(covariance);
        using var rounding = (covariance.shape[0] * Rounding * values.max().Number()).ToScalar();
        return (vectors * where(values.gt(rounding), values, zeros_like(values)).sqrt()).mm(vectors.t());
    }
}
