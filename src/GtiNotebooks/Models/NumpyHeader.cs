using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using GtiNotebooks.Data;

namespace GtiNotebooks.Models;

/// <summary>What stands before the values of a <c>.npy</c> file.</summary>
/// <param name="ValueBytes">Bytes of a floating-point value: 2, 4 or 8.</param>
/// <param name="IsBigEndian">Whether the highest byte comes first.</param>
/// <param name="IsFortranOrder">Whether the values lie column by column.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Length">Bytes before the values.</param>
internal sealed record NumpyHeader(int ValueBytes, bool IsBigEndian, bool IsFortranOrder, long Rows, long Columns, long Length)
{
    public const string Expected = "a NumPy matrix of floating-point values, as numpy.save writes it";

    private const int LongestText = 1 << 20;
    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8];

    /// <summary>Reads the header and leaves the stream at the first value.</summary>
    /// <exception cref="InvalidDataException">No such file, or a matrix that is not supported; the field is named.</exception>
    public static NumpyHeader Read(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[12];
        // Magic and version, then the length of the text: two bytes in version 1, four in 2 and 3.
        if (stream.ReadAtLeast(start[..8], 8, throwOnEndOfStream: false) < 8 || !start.StartsWith(Magic))
            throw FileProblem.In(path, $"does not begin as a .npy file does. It should hold {Expected}.");
        if (start[6] is < 1 or > 3)
            throw FileProblem.In(path, $"is of .npy version {start[6]}.{start[7]}; versions 1 to 3 are supported.");
        var lengthBytes = start[6] == 1 ? 2 : 4;
        if (stream.ReadAtLeast(start.Slice(8, lengthBytes), lengthBytes, throwOnEndOfStream: false) < lengthBytes)
            throw FileProblem.In(path, "ends inside its header.");
        var length = lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > LongestText)
            throw FileProblem.In(path, $"says that its header has {length} bytes; a matrix needs no more than {LongestText}.");
        var text = new byte[length];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
            throw FileProblem.In(path, "ends inside its header.");
        return Parse((start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text), path, 8 + lengthBytes + length);
    }

    /// <summary>The header of a float32 matrix, row by row: version 1, padded so that the values start at a multiple of 64 bytes.</summary>
    public static byte[] ForFloat32(long rows, long columns)
    {
        var text = FormattableString.Invariant($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
        var length = (10 + text.Length + 1 + 63) / 64 * 64 - 10;
        return [.. Magic, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)), (byte)'\n'];
    }

    private static NumpyHeader Parse(string text, string path, long length)
    {
        var fields = Literal(text, path);
        var (bytes, isBigEndian) = ValueType(fields["descr"], path);
        if (fields["fortran_order"] is not JsonValue order || !order.TryGetValue(out bool isFortran))
            throw FileProblem.In(path, "its header's 'fortran_order' should be True or False.");
        if (fields["shape"] is not JsonArray shape || shape.Any(size => size is not JsonValue value || !value.TryGetValue(out long number) || number < 0))
            throw FileProblem.In(path, "its header's 'shape' should be a tuple of whole numbers.");
        var sizes = shape.Select(size => size!.GetValue<long>()).ToArray();
        return sizes.Length == 2 && sizes[0] > 0 && sizes[1] > 0
            ? new NumpyHeader(bytes, isBigEndian, isFortran, sizes[0], sizes[1], length)
            : throw FileProblem.In(path, $"has the shape ({string.Join(", ", sizes)}); expected a matrix (rows, columns) that is not empty.");
    }

    private static JsonObject Literal(string text, string path)
    {
        try
        {
            return PythonLiteral.Parse(text) as JsonObject ?? throw FileProblem.In(path, "its header is no dictionary.");
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{path}: its header is no Python dictionary: {e.Message}.", e);
        }
    }

    private static (int Bytes, bool IsBigEndian) ValueType(JsonNode? description, string path)
    {
        var type = description is JsonValue value && value.TryGetValue(out string? name) ? name : description is null ? "None" : "a structure";
        if (type.Length == 3 && type[0] is '<' or '>' && type[1] == 'f' && type[2] is '2' or '4' or '8')
            return (type[2] - '0', type[0] == '>');
        var why = type.Contains('O') ? "; Python objects can run code when they are read" : type == "|V2" ? "; NumPy has no bfloat16" : "";
        throw FileProblem.In(path, $"holds values of type '{type}'{why}. Expected 'f2', 'f4' or 'f8' after '<' or '>'; vectors.astype('float32') gives '<f4'.");
    }
}
