using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Torch;

/// <summary>
/// Scalars that live as long as LibTorch reads them. TorchSharp hands over a scalar's address and forgets the object, so a collection on another thread
/// may free a temporary one during the call: <c>x * 3</c>, and even <c>x + y</c>, which multiplies y by a scalar 1, then read freed memory.
/// </summary>
internal static class Scalars
{
    public static readonly Scalar Zero = 0.ToScalar();
    public static readonly Scalar One = 1.ToScalar();
    public static readonly Scalar Two = 2.ToScalar();
    public static readonly Scalar MinusInfinity = float.NegativeInfinity.ToScalar();

    /// <summary>The sum.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    /// <summary>The product with a number.</summary>
    public static Tensor Times(this Tensor tensor, double factor)
    {
        using var held = factor.ToScalar();
        return tensor.mul(held);
    }

    /// <summary>The whole numbers from <paramref name="start"/> up to, and without, <paramref name="end"/>.</summary>
    public static Tensor Range(long start, long end, ScalarType dtype, Device device)
    {
        using var first = start.ToScalar();
        using var last = end.ToScalar();
        return arange(first, last, One, dtype, device);
    }

    /// <summary>The value of a tensor that has one, whatever its type.</summary>
    public static double Number(this Tensor tensor)
    {
        using var value = tensor.ToScalar();
        return value.ToDouble();
    }
}
