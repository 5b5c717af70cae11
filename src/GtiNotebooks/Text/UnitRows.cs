using static TorchSharp.torch;

namespace GtiNotebooks.Text;

/// <summary>Vectors of which only the direction counts.</summary>
internal static class UnitRows
{
    /// <summary>The rows divided by their lengths; a row of zeros stays one. <c>[rows, width]</c>.</summary>
    public static Tensor Of(Tensor rows) => rows / rows.pow(2).sum(1, keepdim: true).sqrt().clamp_min(1e-12f);
}
