// Conversions between tensors and .NET values.
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    public static float ToSingle(this Tensor value) => (float)value.ToScalar().AsDouble;
    public static double ToDouble(this Tensor value) => value.ToScalar().AsDouble;
    public static Half ToHalf(this Tensor value) => (Half)value.ToScalar().AsDouble;
    public static BFloat16 ToBFloat16(this Tensor value) => new((float)value.ToScalar().AsDouble);
    public static sbyte ToSByte(this Tensor value) => (sbyte)value.ToScalar().AsLong;
    public static byte ToByte(this Tensor value) => (byte)value.ToScalar().AsLong;
    public static short ToInt16(this Tensor value) => (short)value.ToScalar().AsLong;
    public static int ToInt32(this Tensor value) => (int)value.ToScalar().AsLong;
    public static long ToInt64(this Tensor value) => value.ToScalar().AsLong;
    public static bool ToBoolean(this Tensor value) => value.ToScalar().AsDouble != 0;

    public static Parameter AsParameter(this Tensor tensor) => new(tensor);

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool or ScalarType.QInt8 or ScalarType.QUInt8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 or ScalarType.QInt32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new NotImplementedException($"element size of {type}"),
    };

    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false) where T : struct =>
        FromValues(new[] { scalar }, [], requires_grad, device);

    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false) =>
        FromValues(rawArray, dimensions, requires_grad, null);

    public static string str(this Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null, TensorStringStyle style = TensorStringStyle.Default) =>
        tensor.ToString(style, fltFormat, width, cultureInfo, newLine);

    public static string jlstr(this Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.Julia, fltFormat, width, cultureInfo, newLine);

    public static string npstr(this Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.Numpy, fltFormat, width, cultureInfo, newLine);

    public static string metastr(this Tensor tensor) => tensor.ToString(TensorStringStyle.Metadata);

    public static string cstr(this Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.CSharp, fltFormat, width, cultureInfo, newLine);

    public static Tensor print(this Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null, TensorStringStyle style = TensorStringStyle.Default)
    {
        Console.WriteLine(t.ToString(style, fltFormat, width, cultureInfo, newLine));
        return t;
    }

    private static Tensor FromValues(Array values, long[] shape, bool requiresGrad, Device? device) => Factory.FromArray(values, shape, null, device, requiresGrad);
}
