// The entry points of native/bridge.cpp, one to one.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[module: SkipLocalsInit]

namespace TorchSharp.Native;

/// <summary>An argument or result as the bridge sees it: a kind, a count for lists, and 8 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct Value
{
    [FieldOffset(0)] public Kind Kind;
    [FieldOffset(4)] public int Count;
    [FieldOffset(8)] public long Int;
    [FieldOffset(8)] public double Double;
    [FieldOffset(8)] public void* Pointer;
}

internal enum Kind : int
{
    None = 0, Tensor = 1, Int = 2, Double = 3, Bool = 4, Ints = 5, Doubles = 6, Tensors = 7, OptionalTensors = 8, String = 9, Device = 10, Generator = 11,
}

internal static unsafe partial class Bridge
{
    private const string Library = "gtitorch";

    [DllImport(Library)] private static extern byte* gti_error();
    [DllImport(Library)] internal static extern nint gti_operator([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string overload);
    [DllImport(Library)] internal static extern int gti_call(nint op, Value* arguments, int count, Value* results, int capacity);
    [DllImport(Library)] internal static extern void gti_release(nint tensor);

    [DllImport(Library), SuppressGCTransition] internal static extern int gti_dim(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern int gti_sizes(nint tensor, long* into);
    [DllImport(Library), SuppressGCTransition] internal static extern int gti_strides(nint tensor, long* into);
    [DllImport(Library), SuppressGCTransition] internal static extern long gti_numel(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern long gti_storage_offset(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern int gti_dtype(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern int gti_device(nint tensor, int* index);
    [DllImport(Library), SuppressGCTransition] internal static extern int gti_data(nint tensor, void** address);
    [DllImport(Library), SuppressGCTransition] internal static extern int gti_is_contiguous(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern nint gti_alias(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern int gti_requires_grad(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern int gti_is_leaf(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern int gti_grad_enabled();

    [DllImport(Library)] internal static extern int gti_set_requires_grad(nint tensor, int value);
    [DllImport(Library)] internal static extern int gti_retain_grad(nint tensor);
    [DllImport(Library)] internal static extern int gti_grad(nint tensor, nint* grad);
    [DllImport(Library)] internal static extern int gti_set_grad(nint tensor, nint grad);
    [DllImport(Library)] internal static extern int gti_backward(nint* tensors, int count, nint* gradients, int gradientCount, int retainGraph, int createGraph, nint* inputs, int inputCount);
    [DllImport(Library)] internal static extern int gti_autograd_grad(nint* outputs, int outputCount, nint* inputs, int inputCount, nint* gradients, int gradientCount, int retainGraph, int createGraph, int allowUnused, nint* into);
    [DllImport(Library)] internal static extern void gti_set_grad_enabled(int enabled);
    [DllImport(Library)] internal static extern nint gti_inference_begin(int enabled);
    [DllImport(Library)] internal static extern void gti_inference_end(nint mode);
    [DllImport(Library)] internal static extern int gti_inference_enabled();
    [DllImport(Library)] internal static extern int gti_anomaly_enabled();
    [DllImport(Library)] internal static extern void gti_set_anomaly_enabled(int enabled);

    [DllImport(Library)] internal static extern nint gti_generator_new(ulong seed);
    [DllImport(Library)] internal static extern nint gti_generator_default();
    [DllImport(Library)] internal static extern void gti_generator_free(nint generator);
    [DllImport(Library)] internal static extern int gti_generator_set_seed(nint generator, ulong seed);
    [DllImport(Library)] internal static extern ulong gti_generator_initial_seed(nint generator);
    [DllImport(Library)] internal static extern ulong gti_generator_seed(nint generator);
    [DllImport(Library)] internal static extern nint gti_generator_state(nint generator);
    [DllImport(Library)] internal static extern int gti_generator_set_state(nint generator, nint state);
    [DllImport(Library)] internal static extern int gti_manual_seed(ulong seed);

    [DllImport(Library)] internal static extern nint gti_version();
    [DllImport(Library)] internal static extern int gti_get_num_threads();
    [DllImport(Library)] internal static extern int gti_set_num_threads(int count);
    [DllImport(Library)] internal static extern int gti_get_num_interop_threads();
    [DllImport(Library)] internal static extern int gti_set_num_interop_threads(int count);
    [DllImport(Library)] internal static extern int gti_cuda_is_available();
    [DllImport(Library)] internal static extern int gti_set_deterministic(int on, int warnOnly);
    [DllImport(Library)] internal static extern int gti_deterministic();

    /// <summary>The exception the real package throws, with LibTorch's message.</summary>
    internal static ExternalException Error() => new(Marshal.PtrToStringUTF8((nint)gti_error()) ?? "unknown LibTorch error");

    /// <summary>Turns a negative result into that exception.</summary>
    internal static int Checked(int result) => result >= 0 ? result : throw Error();

    /// <summary>Turns a null handle into that exception.</summary>
    internal static nint Checked(nint handle) => handle != 0 ? handle : throw Error();
}
