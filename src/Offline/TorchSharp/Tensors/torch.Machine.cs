// LibTorch's version, threads, determinism, number formats.
using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public struct FInfo
    {
        public int bits;
        public double eps;
        public double max;
        public double min;
        public double tiny;
        public double smallest_normal;
        public double resolution;
    }

    /// <summary>LibTorch's version, as in the package, whose LibTorch has the version of its own choice.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8(Bridge.gti_version())!;

    public static int get_num_threads() => Bridge.gti_get_num_threads();
    public static void set_num_threads(int num) => Bridge.Checked(Bridge.gti_set_num_threads(num));
    public static int get_num_interop_threads() => Bridge.gti_get_num_interop_threads();
    public static void set_num_interop_threads(int num) => Bridge.Checked(Bridge.gti_set_num_interop_threads(num));

    public static bool are_deterministic_algorithms_enabled() => Bridge.gti_deterministic() != 0;

    public static IDisposable use_deterministic_algorithms(bool mode = true, bool warn_only = false)
    {
        var before = new Deterministic(are_deterministic_algorithms_enabled());
        Bridge.Checked(Bridge.gti_set_deterministic(mode ? 1 : 0, warn_only ? 1 : 0));
        return before;
    }

    public static FInfo finfo() => finfo(get_default_dtype());

    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.Float16 => Format(16, 0.0009765625, 65504, 6.103515625e-05, 1e-3),
        ScalarType.BFloat16 => Format(16, 0.0078125, 3.3895313892515355e+38, 1.1754943508222875e-38, 1e-2),
        ScalarType.Float32 => Format(32, 1.1920928955078125e-07, float.MaxValue, 1.1754943508222875e-38, 1e-6),
        ScalarType.Float64 => Format(64, 2.220446049250313e-16, double.MaxValue, 2.2250738585072014e-308, 1e-15),
        _ => throw new ArgumentException($"finfo() wants a floating point type, not {dtype}."),
    };

    public static long max_int_value(ScalarType type) => type switch
    {
        ScalarType.Byte => byte.MaxValue,
        ScalarType.Int8 => sbyte.MaxValue,
        ScalarType.Int16 => short.MaxValue,
        ScalarType.Int32 => int.MaxValue,
        ScalarType.Int64 => long.MaxValue,
        _ => throw new ArgumentException($"max_int_value() wants an integral type, not {type}."),
    };

    private static FInfo Format(int bits, double eps, double max, double tiny, double resolution) =>
        new() { bits = bits, eps = eps, max = max, min = -max, tiny = tiny, smallest_normal = tiny, resolution = resolution };

    private sealed class Deterministic(bool before) : IDisposable
    {
        public void Dispose() => Bridge.Checked(Bridge.gti_set_deterministic(before ? 1 : 0, 0));
    }
}
