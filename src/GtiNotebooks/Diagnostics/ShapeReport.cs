using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>How a table's rows fill their space, beyond what a <see cref="GeometryReport"/> of a study's record keeps.</summary>
/// <param name="Raw">Of the rows as they are.</param>
/// <param name="Centred">Of the rows less their mean row.</param>
/// <param name="MeanCosine">Mean cosine over pairs of different rows, in [-1, 1]; near 0 where directions are spread.</param>
/// <param name="Isotropy">See <see cref="PartitionIsotropy"/>, in [0, 1]; near 1 where no direction stands out.</param>
public sealed record ShapeReport(SpectrumSummary Raw, SpectrumSummary Centred, double MeanCosine, double Isotropy)
{
    /// <summary>Measures rows.</summary>
    /// <param name="rows"><c>[rows, width]</c>, any float type, any device; neither changed nor kept.</param>
    /// <exception cref="ArgumentException">Not a matrix, an empty one, or one with numbers that are not finite.</exception>
    public static ShapeReport Measure(Tensor rows) => new(
        SpectrumSummary.Of(Spectrum.Raw(rows)), SpectrumSummary.Of(Spectrum.Centred(rows)), CosineStructure.MeanOffDiagonal(rows), PartitionIsotropy.Of(rows));
}

/// <summary>
/// Isotropy by the partition function (Mu and Viswanath, "All-but-the-Top", 2018): Z(c) = sum over the rows of exp(c . row), for directions c of length 1;
/// isotropy = smallest Z / largest Z. It is 1 where all directions are alike. As in the paper, the directions are the eigenvectors of the rows' Gram matrix;
/// an eigenvector has no sign, so both count.
/// </summary>
/// <remarks>The rows' lengths matter: the same rows ten times as long are less isotropic. Compare tables whose rows are about as long.</remarks>
public static class PartitionIsotropy
{
    private const int DirectionsAtOnce = 256;

    /// <summary>The isotropy of rows.</summary>
    /// <param name="rows"><c>[rows, width]</c>, any float type; computed in float64.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentException">Not a matrix, an empty one, or one with numbers that are not finite.</exception>
    public static double Of(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var matrix = RowMatrix.AsFloat64(rows);
        var (_, directions) = linalg.eigh(matrix.t().mm(matrix));
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var start = 0L; start < directions.shape[1]; start += DirectionsAtOnce)
        {
            using var inner = NewDisposeScope();
            var scores = matrix.mm(directions.narrow(1, start, Math.Min(DirectionsAtOnce, directions.shape[1] - start)));
            var logs = cat([scores.logsumexp(0), scores.neg().logsumexp(0)], 0);
            smallest = Math.Min(smallest, logs.min().item<double>());
            largest = Math.Max(largest, logs.max().item<double>());
        }

        return Math.Exp(smallest - largest);
    }
}
