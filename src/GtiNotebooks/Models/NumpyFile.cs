using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using GtiNotebooks.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// Matrices in NumPy's <c>.npy</c> format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): versions 1 to 3, rows or
/// columns first, 16, 32 or 64 bits, either byte order. Nothing in a file is ever run.
/// </summary>
public static class NumpyFile
{
    private const int ValuesAtOnce = 1 << 20;

    /// <summary>Reads a matrix.</summary>
    /// <param name="path">The file.</param>
    /// <returns><c>[rows, columns]</c> float32 on the CPU; 64-bit values are rounded, to infinity where they are too large. The caller disposes it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">Not a <c>.npy</c> file, not a matrix of floating-point values, or cut off; the message says which.</exception>
    public static Tensor Load(string path)
    {
        FileProblem.RequireFile(path, NumpyHeader.Expected);
        using var stream = File.OpenRead(path);
        var header = NumpyHeader.Read(stream, path);
        RequireLength(header, stream.Length, path);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var values = ReadValues(stream, header);
        var matrix = header.IsFortranOrder
            ? values.view(header.Columns, header.Rows).t().contiguous()
            : values.view(header.Rows, header.Columns);
        return matrix.MoveToOuterDisposeScope();
    }

    /// <summary>Writes a matrix as numpy.save does, as float32, row by row; the file appears whole or not at all.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="matrix"><c>[rows, columns]</c>, not empty; any floating-point type, any device.</param>
    /// <exception cref="ArgumentException">Not such a matrix.</exception>
    public static void Save(string path, Tensor matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.dim() != 2 || matrix.numel() == 0 || !matrix.is_floating_point())
            throw new ArgumentException($"Must be a floating-point matrix that is not empty, not {matrix.dtype} [{string.Join(", ", matrix.shape)}]", nameof(matrix));
        AtomicFile.Write(path, stream =>
        {
            using var scope = NewDisposeScope();
            stream.Write(NumpyHeader.ForFloat32(matrix.shape[0], matrix.shape[1]));
            var flat = matrix.detach().to(ScalarType.Float32).cpu().contiguous().view(-1);
            for (var from = 0L; from < flat.shape[0]; from += ValuesAtOnce)
                stream.Write(flat.narrow(0, from, Math.Min(ValuesAtOnce, flat.shape[0] - from)).bytes);
        });
    }

    private static void RequireLength(NumpyHeader header, long length, string path)
    {
        var expected = (BigInteger)header.Rows * header.Columns * header.ValueBytes + header.Length;
        if (expected != length)
            throw FileProblem.In(path, $"has {length} bytes; a matrix ({header.Rows}, {header.Columns}) of {header.ValueBytes * 8}-bit values needs {expected}.");
    }

    /// <summary>All values in the order of the file, <c>[rows * columns]</c>.</summary>
    private static Tensor ReadValues(Stream stream, NumpyHeader header)
    {
        var count = header.Rows * header.Columns;
        var values = empty(count, ScalarType.Float32);
        var buffer = new byte[Math.Min(count, ValuesAtOnce) * header.ValueBytes];
        for (var from = 0L; from < count; from += ValuesAtOnce)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(ValuesAtOnce, count - from);
            var bytes = buffer.AsSpan(0, (int)size * header.ValueBytes);
            stream.ReadExactly(bytes);
            var block = empty(size, ScalarType.Float32);
            Decode(bytes, header, MemoryMarshal.Cast<byte, float>(block.bytes));
            values.narrow(0, from, size).copy_(block);
        }

        return values;
    }

    private static void Decode(ReadOnlySpan<byte> bytes, NumpyHeader header, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = bytes.Slice(i * header.ValueBytes, header.ValueBytes);
            values[i] = (header.ValueBytes, header.IsBigEndian) switch
            {
                (2, false) => (float)BinaryPrimitives.ReadHalfLittleEndian(value),
                (2, true) => (float)BinaryPrimitives.ReadHalfBigEndian(value),
                (4, false) => BinaryPrimitives.ReadSingleLittleEndian(value),
                (4, true) => BinaryPrimitives.ReadSingleBigEndian(value),
                (8, false) => (float)BinaryPrimitives.ReadDoubleLittleEndian(value),
                _ => (float)BinaryPrimitives.ReadDoubleBigEndian(value),
            };
        }
    }
}
