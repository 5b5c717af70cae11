using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>The first two principal components of rows.</summary>
internal static class PrincipalPlane
{
    /// <summary>Finds them.</summary>
    /// <param name="matrix"><c>[rows, width]</c> float64.</param>
    /// <returns>x and y of each row, and the share of the variance that they show (0 where all rows are equal).</returns>
    public static (double[] Places, double Explained) Of(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        var centred = matrix.sub(matrix.mean([0], keepdim: true));
        var count = (int)centred.shape[0];
        var wide = centred.shape[1] > count;
        // The smaller of the two Gram matrices has the same eigenvalues; they come in ascending order.
        var (values, vectors) = linalg.eigh(wide ? centred.mm(centred.t()) : centred.t().mm(centred));
        var variances = RowMatrix.Values(values.clamp_min(Scalars.Zero));
        var places = new double[2 * count];
        for (var component = 0; component < Math.Min(2, variances.Length); component++)
        {
            var place = variances.Length - 1 - component;
            var vector = vectors.narrow(1, place, 1);
            Place(RowMatrix.Values(wide ? vector.Times(Math.Sqrt(variances[place])) : centred.mm(vector)), places, component);
        }

        var all = variances.Sum();
        return (places, all > 0 ? Math.Min(1, variances.TakeLast(2).Sum() / all) : 0);
    }

    // An eigenvector has no sign: the value farthest from zero, the first of equal ones, is made positive.
    private static void Place(double[] values, double[] places, int component)
    {
        var sign = values[Array.IndexOf(values, values.MaxBy(Math.Abs))] < 0 ? -1 : 1;
        for (var i = 0; i < values.Length; i++)
        {
            places[(2 * i) + component] = sign * values[i];
        }
    }
}
