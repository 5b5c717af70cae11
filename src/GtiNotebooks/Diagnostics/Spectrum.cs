using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>The singular values of a table's rows: how many directions the rows really use.</summary>
/// <param name="SingularValues">Largest first, at least 0, min(rows, width) of them; what is zero but for rounding is zero.</param>
public sealed record Spectrum(IReadOnlyList<double> SingularValues)
{
    // Distance from 1 to the next float64: the relative size of one rounding error.
    private const double Rounding = 2.220446049250313e-16;

    /// <summary>
    /// Effective rank (Roy and Vetterli, 2007): exp of the Shannon entropy of the singular values divided by their sum. Between 1 (one
    /// direction) and the rank (all directions alike); 0 for the zero matrix.
    /// </summary>
    public double EffectiveRank
    {
        get
        {
            var sum = SingularValues.Sum();
            if (sum == 0)
            {
                return 0;
            }
            var shares = SingularValues.Where(value => value > 0).Select(value => value / sum);
            return Math.Exp(-shares.Sum(share => share * Math.Log(share)));
        }
    }

    /// <summary>Spectrum of the rows as they are. All rows equal (mean initialisation): one singular value, effective rank 1.</summary>
    /// <param name="rows"><c>[rows, width]</c>, any float type; computed in float64.</param>
    /// <exception cref="ArgumentException">Not a matrix, an empty one, or one with numbers that are not finite.</exception>
    public static Spectrum Raw(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var matrix = RowMatrix.AsFloat64(rows);
        return Of(matrix, matrix);
    }

    /// <summary>Spectrum of the rows less their mean row: how they differ from each other. All rows equal: the zero matrix, effective rank 0.</summary>
    /// <param name="rows"><c>[rows, width]</c>, any float type; computed in float64.</param>
    /// <exception cref="ArgumentException">Not a matrix, an empty one, or one with numbers that are not finite.</exception>
    public static Spectrum Centred(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var matrix = RowMatrix.AsFloat64(rows);
        return Of(matrix.sub(matrix.mean([0], keepdim: true)), matrix);
    }

    // Rounding leaves a rank-one matrix, or equal rows less their mean, with tiny values where zeros belong, and their logarithms would move the
    // entropy. The usual bound for a numerical rank: max(rows, width) roundings of the matrix that the numbers came from.
    private static Spectrum Of(Tensor matrix, Tensor source)
    {
        var bound = source.shape.Max() * Rounding * source.mul(source).sum().sqrt().item<double>();
        var values = linalg.svdvals(matrix).contiguous().data<double>().ToArray();
        return new Spectrum([.. values.Select(value => value > bound ? value : 0)]);
    }
}
