// What the factory functions share: options in LibTorch's order, arrays into tensors.
using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp;

internal static class Factory
{
    [ThreadStatic] private static ScalarType? _defaultType;

    internal static ScalarType DefaultType
    {
        get => _defaultType ?? ScalarType.Float32;
        set => _defaultType = value;
    }

    /// <summary>Sets what LibTorch's factories do not take as an argument.</summary>
    internal static Tensor With(this Tensor tensor, bool requiresGrad, string[]? names = null)
    {
        if (names is { Length: > 0 }) throw new NotSupportedException("The stand-in has no named dimensions.");
        if (requiresGrad) tensor.requires_grad = true;
        return tensor;
    }

    internal static Device On(Device? device) => InitializeDevice(device);

    /// <summary>A tensor with a copy of these elements.</summary>
    internal static Tensor FromSpan<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names) where T : unmanaged
    {
        var type = TypeOf(typeof(T));
        long count = 1;
        foreach (long size in shape) count *= size;
        if (count != values.Length) throw new ArgumentException($"mismatched total size creating a tensor from an array: {values.Length} elements for shape [{string.Join(", ", shape.ToArray())}]");
        var tensor = Aten.empty_memory_format.Call(shape.ToArray(), type, Argument.None, CPU);
        unsafe
        {
            values.CopyTo(new Span<T>(tensor.Address, values.Length));
        }

        device ??= get_default_device();
        if ((dtype ?? type) != type || device.type != DeviceType.CPU)
        {
            var original = tensor;
            tensor = original.to(dtype ?? type, device);
            original.Dispose();
        }

        return tensor.With(requiresGrad, names);
    }

    internal static Tensor FromList<T>(IList<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names) where T : unmanaged
    {
        ReadOnlySpan<T> span = values switch
        {
            T[] array => array,
            List<T> list => CollectionsMarshal.AsSpan(list),
            _ => values.ToArray(),
        };
        return FromSpan(span, shape, dtype, device, requiresGrad, names);
    }

    /// <summary>An array of any rank; its own shape unless another is given.</summary>
    internal static Tensor FromArray(Array values, long[]? shape, ScalarType? dtype, Device? device, bool requiresGrad = false, string[]? names = null)
    {
        var element = values.GetType().GetElementType()!;
        if (element == typeof(bool)) return Typed<bool>();
        if (element == typeof(byte)) return Typed<byte>();
        if (element == typeof(sbyte)) return Typed<sbyte>();
        if (element == typeof(short)) return Typed<short>();
        if (element == typeof(int)) return Typed<int>();
        if (element == typeof(long)) return Typed<long>();
        if (element == typeof(Half)) return Typed<Half>();
        if (element == typeof(BFloat16)) return Typed<BFloat16>();
        if (element == typeof(float)) return Typed<float>();
        if (element == typeof(double)) return Typed<double>();
        throw new NotSupportedException($"The stand-in makes no tensors of {element.Name}.");

        Tensor Typed<T>() where T : unmanaged
        {
            shape ??= Enumerable.Range(0, values.Rank).Select(values.GetLongLength).ToArray();
            var span = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
            return FromSpan(span, shape, dtype, device, requiresGrad, names);
        }
    }

    internal static Tensor FromScalar(Scalar value, ScalarType type, Device? device, bool requiresGrad) =>
        Aten.scalar_tensor.Call(value, type, Argument.None, On(device)).With(requiresGrad);

    internal static ScalarType TypeOf(Type element)
    {
        if (element == typeof(bool)) return ScalarType.Bool;
        if (element == typeof(byte)) return ScalarType.Byte;
        if (element == typeof(sbyte)) return ScalarType.Int8;
        if (element == typeof(short)) return ScalarType.Int16;
        if (element == typeof(int)) return ScalarType.Int32;
        if (element == typeof(long)) return ScalarType.Int64;
        if (element == typeof(Half)) return ScalarType.Float16;
        if (element == typeof(BFloat16)) return ScalarType.BFloat16;
        if (element == typeof(float)) return ScalarType.Float32;
        if (element == typeof(double)) return ScalarType.Float64;
        throw new NotSupportedException($"The stand-in has no element type for {element.Name}.");
    }
}
