using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>A table's rows as the diagnostics need them.</summary>
internal static class RowMatrix
{
    // The smallest normal float64: lengths above it divide safely, and zero rows become 0 / tiny = 0.
    private static readonly Scalar Smallest = 2.2250738585072014e-308.ToScalar();

    /// <summary>The rows in float64 on the CPU, apart from the graph; the caller's scope disposes them.</summary>
    /// <param name="rows"><c>[rows, width]</c>, any float type, any device.</param>
    /// <exception cref="ArgumentException">Not a matrix, an empty one, or one with numbers that are not finite.</exception>
    public static Tensor AsFloat64(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.dim() != 2 || rows.shape[0] == 0 || rows.shape[1] == 0)
        {
            throw new ArgumentException($"A matrix [rows, width] is expected, not [{string.Join(", ", rows.shape)}].", nameof(rows));
        }
        var matrix = rows.detach().to(ScalarType.Float64).cpu();
        // A NaN anywhere makes the sum NaN; the singular value decomposition itself would fail with a message that helps nobody.
        return double.IsFinite(matrix.abs().sum().item<double>())
            ? matrix
            : throw new ArgumentException("The rows hold numbers that are not finite; training has probably diverged.", nameof(rows));
    }

    /// <summary>The rows divided by their lengths; rows of zeros stay zeros. <c>[rows, width]</c> float64.</summary>
    public static Tensor Directions(Tensor rows)
    {
        var matrix = AsFloat64(rows);
        var lengths = matrix.mul(matrix).sum(1, keepdim: true).sqrt().clamp_min(Smallest);
        return matrix.div(lengths);
    }

    /// <summary>All values, row by row.</summary>
    public static double[] Values(Tensor matrix) => matrix.contiguous().data<double>().ToArray();
}
