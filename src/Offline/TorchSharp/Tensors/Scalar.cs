// A number of any type, as operators take it.
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp;

public sealed class Scalar : IDisposable
{
    internal readonly Kind Kind;
    internal readonly long Bits;

    private Scalar(ScalarType type, Kind kind, long bits)
    {
        Type = type;
        Kind = kind;
        Bits = bits;
    }

    ~Scalar() { }

    public ScalarType Type { get; }

    internal double AsDouble => Kind == Kind.Double ? BitConverter.Int64BitsToDouble(Bits) : Bits;
    internal long AsLong => Kind == Kind.Double ? (long)BitConverter.Int64BitsToDouble(Bits) : Bits;

    private static Scalar Real(ScalarType type, double value) => Light(new(type, Kind.Double, BitConverter.DoubleToInt64Bits(value)));
    private static Scalar Whole(ScalarType type, long value) => Light(new(type, Kind.Int, value));

    // The finalizer is part of the package's surface; there is nothing here for it to free.
    private static Scalar Light(Scalar scalar)
    {
        GC.SuppressFinalize(scalar);
        return scalar;
    }

    public static implicit operator Scalar(byte value) => Whole(ScalarType.Byte, value);
    public static implicit operator Scalar(sbyte value) => Whole(ScalarType.Int8, value);
    public static implicit operator Scalar(short value) => Whole(ScalarType.Int16, value);
    public static implicit operator Scalar(int value) => Whole(ScalarType.Int32, value);
    public static implicit operator Scalar(long value) => Whole(ScalarType.Int64, value);
    public static implicit operator Scalar(Half value) => Real(ScalarType.Float16, (double)value);
    public static implicit operator Scalar(BFloat16 value) => Real(ScalarType.BFloat16, (double)value);
    public static implicit operator Scalar(float value) => Real(ScalarType.Float32, value);
    public static implicit operator Scalar(double value) => Real(ScalarType.Float64, value);
    public static implicit operator Scalar(bool value) => Light(new(ScalarType.Bool, Kind.Bool, value ? 1 : 0));

    public void Dispose() { }
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;
    public static Scalar ToScalar(this sbyte value) => value;
    public static Scalar ToScalar(this short value) => value;
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this Half value) => value;
    public static Scalar ToScalar(this BFloat16 value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;
    public static Scalar ToBFloat16Scalar(this float value) => new BFloat16(value);
    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
    public static byte ToByte(this Scalar value) => (byte)value.AsLong;
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.AsLong;
    public static short ToInt16(this Scalar value) => (short)value.AsLong;
    public static int ToInt32(this Scalar value) => (int)value.AsLong;
    public static long ToInt64(this Scalar value) => value.AsLong;
    public static Half ToHalf(this Scalar value) => (Half)value.AsDouble;
    public static BFloat16 ToBFloat16(this Scalar value) => new((float)value.AsDouble);
    public static float ToSingle(this Scalar value) => (float)value.AsDouble;
    public static double ToDouble(this Scalar value) => value.AsDouble;
}
