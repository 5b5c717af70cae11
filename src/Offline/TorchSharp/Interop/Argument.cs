// One argument of an operator call before it is laid out for the bridge.
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>A managed argument. Call sites build spans of them on the stack, which also keeps tensors alive during the call.</summary>
internal readonly struct Argument
{
    internal readonly object? Reference;
    internal readonly long Bits;
    internal readonly Kind Kind;

    private Argument(Kind kind, long bits, object? reference = null)
    {
        Kind = kind;
        Bits = bits;
        Reference = reference;
    }

    /// <summary>What an optional argument takes when there is nothing to say.</summary>
    internal static Argument None => default;

    public static implicit operator Argument(Tensor? tensor) => tensor is null ? default : new(Kind.Tensor, tensor.Handle, tensor);
    public static implicit operator Argument(long value) => new(Kind.Int, value);
    public static implicit operator Argument(double value) => new(Kind.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Argument(bool value) => new(Kind.Bool, value ? 1 : 0);
    public static implicit operator Argument(ScalarType type) => new(Kind.Int, (long)type);
    public static implicit operator Argument(Device? device) => device is null ? default : new(Kind.Device, device.index, device);
    public static implicit operator Argument(Generator? generator) => generator is null ? default : new(Kind.Generator, generator.Handle, generator);
    public static implicit operator Argument(long[]? values) => values is null ? default : new(Kind.Ints, 0, values);
    public static implicit operator Argument(double[]? values) => values is null ? default : new(Kind.Doubles, 0, values);
    public static implicit operator Argument(string? text) => text is null ? default : new(Kind.String, 0, text);
    public static implicit operator Argument(Tensor[] tensors) => new(Kind.Tensors, 0, tensors);

    public static implicit operator Argument(Scalar? value) => value is null ? default : new(value.Kind, value.Bits);

    internal static Argument Optional(long? value) => value is long v ? v : default(Argument);
    internal static Argument Optional(double? value) => value is double v ? v : default(Argument);
    internal static Argument Optional(ScalarType? value) => value is ScalarType v ? v : default(Argument);

    /// <summary>A list in which null stands for "no tensor here", as index() takes it.</summary>
    internal static Argument OptionalTensors(Tensor?[] tensors) => new(Kind.OptionalTensors, 0, tensors);
}
