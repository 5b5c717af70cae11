// Calls of one LibTorch operator, found once by its schema name.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>An operator of LibTorch; looked up at its first call, so that one this LibTorch lacks costs nothing until used.</summary>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int StackWords = 64;
    private nint _handle;

    private nint Handle => _handle != 0 ? _handle : _handle = Bridge.Checked(Bridge.gti_operator("aten::" + name, overload));

    /// <summary>Calls an operator with one tensor result.</summary>
    internal Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Invoke(arguments, &result, 1);
        return Take(result);
    }

    /// <summary>Calls an in-place operator; like LibTorch's, it returns its first argument.</summary>
    internal Tensor InPlace(params ReadOnlySpan<Argument> arguments)
    {
        Invoke(arguments, null, 0);
        return (Tensor)arguments[0].Reference!;
    }

    /// <summary>Calls an operator with two tensor results.</summary>
    internal (Tensor, Tensor) Call2(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[2];
        Invoke(arguments, results, 2);
        return (Take(results[0]), Take(results[1]));
    }

    /// <summary>Calls an operator with three tensor results.</summary>
    internal (Tensor, Tensor, Tensor) Call3(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[3];
        Invoke(arguments, results, 3);
        return (Take(results[0]), Take(results[1]), Take(results[2]));
    }

    /// <summary>Calls an operator with four tensor results.</summary>
    internal (Tensor, Tensor, Tensor, Tensor) Call4(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[4];
        Invoke(arguments, results, 4);
        return (Take(results[0]), Take(results[1]), Take(results[2]), Take(results[3]));
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    internal Tensor[] CallList(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Invoke(arguments, &result, 1);
        var handles = (nint*)result.Pointer;
        var tensors = new Tensor[result.Count];
        for (int k = 0; k < tensors.Length; k++) tensors[k] = new Tensor(handles[k]);
        return tensors;
    }

    /// <summary>Calls an operator that returns a truth value.</summary>
    internal bool CallBool(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Invoke(arguments, &result, 1);
        return result.Int != 0;
    }

    /// <summary>Calls an operator that returns a plain number (or truth value).</summary>
    internal Scalar CallScalar(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Invoke(arguments, &result, 1);
        return result.Kind switch { Kind.Bool => result.Int != 0, Kind.Int => result.Int, _ => result.Double };
    }

    private static Tensor Take(in Value value) => value.Pointer == null ? null! : new Tensor((nint)value.Pointer);

    private void Invoke(ReadOnlySpan<Argument> arguments, Value* results, int capacity)
    {
        Value* values = stackalloc Value[arguments.Length];
        // Lists are copied beside the arguments rather than pinned: they are short, and pinning costs more.
        int words = WordsNeeded(arguments);
        long* scratch = stackalloc long[words <= StackWords ? words : 0];
        void* rented = words <= StackWords ? null : NativeMemory.Alloc((nuint)words * sizeof(long));
        try
        {
            long* free = rented == null ? scratch : (long*)rented;
            for (int k = 0; k < arguments.Length; k++) free = Write(arguments[k], ref values[k], free);
            int found = Bridge.gti_call(Handle, values, arguments.Length, results, capacity);
            if (found < 0) throw Bridge.Error();
        }
        finally
        {
            if (rented != null) NativeMemory.Free(rented);
        }
    }

    private static int WordsNeeded(ReadOnlySpan<Argument> arguments)
    {
        int words = 0;
        foreach (ref readonly var argument in arguments)
        {
            if (argument.Kind < Kind.Ints) continue;
            words += argument.Reference switch
            {
                Array list => list.Length,
                string text => Encoding.UTF8.GetMaxByteCount(text.Length) / sizeof(long) + 1,
                _ => 0,
            };
        }
        return words;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long* Write(in Argument argument, ref Value value, long* free)
    {
        value.Kind = argument.Kind;
        value.Int = argument.Bits;
        return argument.Kind < Kind.Ints ? free : WriteReference(argument, ref value, free);
    }

    private static long* WriteReference(in Argument argument, ref Value value, long* free)
    {
        switch (argument.Reference)
        {
            case long[] ints:
                ints.CopyTo(new Span<long>(free, ints.Length));
                return List(ref value, free, ints.Length);
            case double[] doubles:
                doubles.CopyTo(new Span<double>(free, doubles.Length));
                return List(ref value, free, doubles.Length);
            case Tensor?[] tensors:
                for (int k = 0; k < tensors.Length; k++) free[k] = tensors[k]?.Handle ?? 0;
                return List(ref value, free, tensors.Length);
            case string text:
                int bytes = Encoding.UTF8.GetBytes(text, new Span<byte>(free, Encoding.UTF8.GetMaxByteCount(text.Length)));
                value.Count = bytes;
                value.Pointer = free;
                return free + Encoding.UTF8.GetMaxByteCount(text.Length) / sizeof(long) + 1;
            case Device device:
                value.Count = (int)device.type;
                return free;
            default:
                return free;
        }
    }

    private static long* List(ref Value value, long* free, int count)
    {
        value.Count = count;
        value.Pointer = free;
        return free + count;
    }
}
