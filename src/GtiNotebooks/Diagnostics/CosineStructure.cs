using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>Cosines between a table's rows. A row of zeros has no direction; its cosine with every row, itself included, is taken as 0.</summary>
public static class CosineStructure
{
    private static readonly Scalar MinusOne = (-1).ToScalar();

    /// <summary>All pairwise cosines.</summary>
    /// <param name="rows"><c>[rows, width]</c>, any float type; computed in float64.</param>
    /// <returns><c>[rows, rows]</c> float64 on the CPU, symmetric, in [-1, 1]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Not a matrix, an empty one, or one with numbers that are not finite.</exception>
    public static Tensor Matrix(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var directions = RowMatrix.Directions(rows);
        return directions.mm(directions.t()).clamp(MinusOne, Scalars.One).MoveToOuterDisposeScope();
    }

    /// <summary>Mean cosine over all pairs of different rows: near 1 when the rows are one block, near 0 when they are unrelated.</summary>
    /// <param name="rows"><c>[rows, width]</c>, any float type; computed in float64, without the matrix of all pairs.</param>
    /// <returns>In [-1, 1]; 0 for a single row, which has no pair.</returns>
    /// <exception cref="ArgumentException">Not a matrix, an empty one, or one with numbers that are not finite.</exception>
    public static double MeanOffDiagonal(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var directions = RowMatrix.Directions(rows);
        var count = directions.shape[0];
        if (count == 1)
        {
            return 0;
        }
        // Sum over all ordered pairs = |sum of directions|^2; less the pairs of a row with itself.
        var sum = directions.sum(dim: 0);
        var all = sum.mul(sum).sum().item<double>();
        var own = directions.mul(directions).sum().item<double>();
        return Math.Clamp((all - own) / ((double)count * (count - 1)), -1, 1);
    }
}
