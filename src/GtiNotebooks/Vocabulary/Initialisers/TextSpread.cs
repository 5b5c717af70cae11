using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>Moves and scales rows as a whole, so that they lie around the text rows' mean as far as the text rows do.</summary>
internal static class TextSpread
{
    // What is left of equal rows less their mean is rounding.
    private const double Rounding = 1e-20;

    /// <summary>
    /// mu + s (c - mean of c), with s such that the mean squared distance from mu is the text rows'. The root mean square of the rows' lengths is then
    /// the text rows', too.
    /// </summary>
    /// <param name="codes">c, <c>[codes, width]</c> float64 on the CPU.</param>
    /// <param name="textRows"><c>[V, width]</c>, whose mean is mu.</param>
    /// <returns><c>[codes, width]</c> float64 on the CPU; the caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">All codes are equal: there is nothing to scale.</exception>
    public static Tensor Of(Tensor codes, Tensor textRows)
    {
        using var scope = NewDisposeScope();
        using var mean = RowStatistics.Mean(textRows);
        var centred = codes - codes.mean([0], keepdim: true);
        var spread = centred.pow(Scalars.Two).sum().Number();
        if (!(spread > Rounding * codes.pow(Scalars.Two).sum().Number()))
            throw new InvalidOperationException("The texts of all codes have the same mean; there are no differences to start from");
        var scale = Math.Sqrt(RowStatistics.MeanSquaredDistance(textRows, mean) * codes.shape[0] / spread);
        return mean.cpu().Plus(centred.Times(scale)).MoveToOuterDisposeScope();
    }
}
