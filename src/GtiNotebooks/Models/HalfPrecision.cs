using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// Weights may be bfloat16 (or float16); what squares, exponentiates or sums over the vocabulary is computed in float32, as Hugging Face's
/// implementations do. Float32 and float64 pass through untouched.
/// </summary>
internal static class HalfPrecision
{
    /// <summary>Whether a type has 16 bits.</summary>
    public static bool IsHalf(this ScalarType dtype) => dtype is ScalarType.BFloat16 or ScalarType.Float16;

    /// <summary>Float32 for a type of 16 bits, else the type.</summary>
    public static ScalarType Widened(this ScalarType dtype) => dtype.IsHalf() ? ScalarType.Float32 : dtype;

    /// <summary>The tensor as <see cref="Widened(ScalarType)"/> says.</summary>
    public static Tensor Widened(this Tensor tensor) => tensor.dtype.IsHalf() ? tensor.to(ScalarType.Float32) : tensor;

    /// <summary>The tensor in the type of the weights it came from.</summary>
    public static Tensor As(this Tensor tensor, ScalarType dtype) => tensor.dtype == dtype ? tensor : tensor.to(dtype);
}
