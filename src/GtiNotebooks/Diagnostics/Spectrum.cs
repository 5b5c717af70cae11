using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>The singular values of a table's rows: how many directions the rows really use.</summary>
/// <remarks>
/// By a singular value decomposition in float64. A large and tall table (24,576 rows of width 1,024) goes through its Gram matrix in float64 instead, the square
/// of the rows' spectrum: as exact for all values that matter, and in half the time. Values below some 1e-6 of the largest drown in its rounding, and are zero.
/// </remarks>
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

    /// <summary>
    /// Participation ratio (Gao et al., 2017): the squared sum of the squared singular values divided by the sum of their squares. Between 1 and the rank,
    /// as the effective rank, but weighted towards the large values; 0 for the zero matrix.
    /// </summary>
    public double ParticipationRatio
    {
        get
        {
            var energies = Energies();
            var squares = energies.Sum(energy => energy * energy);
            return squares == 0 ? 0 : 1 / squares;
        }
    }

    /// <summary>
    /// Stable rank (Rudelson and Vershynin, 2007): the sum of the squared singular values divided by the largest square. Between 1 and the rank; 0 for the
    /// zero matrix.
    /// </summary>
    public double StableRank => SingularValues.Count == 0 || SingularValues[0] == 0 ? 0 : 1 / Energies()[0];

    /// <summary>Energy of the first directions: the share of their squared singular values in the sum of all.</summary>
    /// <param name="directions">How many, at least 0; beyond the last there is no more energy.</param>
    /// <returns>In [0, 1]; 0 for the zero matrix.</returns>
    public double EnergyAt(int directions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(directions);
        return Math.Min(1, Energies().Take(directions).Sum());
    }

    // Shares of the largest value before they are squared, so that neither tiny nor huge rows leave the numbers' range.
    private double[] Energies()
    {
        if (SingularValues.Count == 0 || SingularValues[0] == 0)
        {
            return [];
        }
        double[] squares = [.. SingularValues.Select(value => value / SingularValues[0] * (value / SingularValues[0]))];
        var sum = squares.Sum();
        return [.. squares.Select(square => square / sum)];
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

    // Larger tables than this many numbers take the Gram matrix, if they have enough rows for that to be worth it.
    private const long MostDecomposed = 1 << 22;

    private const int RowsAColumn = 4;

    // Rounding leaves a rank-one matrix, or equal rows less their mean, with tiny values where zeros belong, and their logarithms would move the
    // entropy. The usual bound for a numerical rank: max(rows, width) roundings of the matrix that the numbers came from.
    private static Spectrum Of(Tensor matrix, Tensor source)
    {
        var energy = source.mul(source).sum().item<double>();
        if (matrix.shape[0] >= RowsAColumn * matrix.shape[1] && matrix.numel() > MostDecomposed)
        {
            var squares = RowMatrix.Values(linalg.eigvalsh(matrix.t().mm(matrix)));
            return Above(Math.Sqrt(matrix.shape[0] * Rounding * energy), squares.Reverse().Select(square => Math.Sqrt(Math.Max(0, square))));
        }
        return Above(source.shape.Max() * Rounding * Math.Sqrt(energy), RowMatrix.Values(linalg.svdvals(matrix)));
    }

    private static Spectrum Above(double bound, IEnumerable<double> values) => new([.. values.Select(value => value > bound ? value : 0)]);
}
