// Factories by shape: one body for each.
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp;

internal static class Sized
{
    internal static Tensor zeros(long[] size, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names) =>
        Aten.zeros.Call(size, dtype ?? Factory.DefaultType, Argument.None, Factory.On(device)).With(requiresGrad, names);

    internal static Tensor ones(long[] size, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names) =>
        Aten.ones.Call(size, dtype ?? Factory.DefaultType, Argument.None, Factory.On(device)).With(requiresGrad, names);

    internal static Tensor empty(long[] size, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names) =>
        Aten.empty_memory_format.Call(size, dtype ?? Factory.DefaultType, Argument.None, Factory.On(device)).With(requiresGrad, names);

    internal static Tensor full(long[] size, Scalar value, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names) =>
        Aten.full.Call(size, value, dtype ?? (is_integral(value.Type) ? ScalarType.Int64 : Factory.DefaultType), Argument.None, Factory.On(device)).With(requiresGrad, names);

    internal static Tensor rand(long[] size, ScalarType? dtype, Device? device, bool requiresGrad, Generator? generator, string[]? names) =>
        Aten.rand_generator.Call(size, generator, dtype ?? Factory.DefaultType, Argument.None, Factory.On(device)).With(requiresGrad, names);

    internal static Tensor randn(long[] size, ScalarType? dtype, Device? device, bool requiresGrad, Generator? generator, string[]? names) =>
        Aten.randn_generator.Call(size, generator, dtype ?? Factory.DefaultType, Argument.None, Factory.On(device)).With(requiresGrad, names);

    internal static Tensor randint(long low, long high, long[] size, ScalarType? dtype, Device? device, bool requiresGrad, Generator? generator, string[]? names) =>
        Aten.randint_low_generator.Call(low, high, size, generator, dtype ?? ScalarType.Int64, Argument.None, Factory.On(device)).With(requiresGrad, names);
}
