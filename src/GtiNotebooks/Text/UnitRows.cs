using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Text;

/// <summary>Vectors of which only the direction counts.</summary>
internal static class UnitRows
{
    private static readonly Scalar Least = 1e-12f.ToScalar(); // a row of zeros stays one

    /// <summary>The rows divided by their lengths; a row of zeros stays one. <c>[rows, width]</c>.</summary>
    public static Tensor Of(Tensor rows) => rows / rows.pow(Scalars.Two).sum(1, keepdim: true).sqrt().clamp_min(Least);
}
