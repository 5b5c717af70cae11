using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// The safetensors format: eight bytes of header length, a JSON header that names each tensor's type, shape and byte range,
/// then the raw values (https://huggingface.co/docs/safetensors).
/// </summary>
public static class SafeTensors
{
    private const long LargestHeader = 100_000_000;

    private static readonly (string Name, ScalarType Type, int Bytes)[] Types =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2), ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4),
    ];

    /// <summary>Reads every tensor of a file, on the CPU and in the file's types. The caller disposes them.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The header lies about the file; the message names the tensor.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        using var stream = File.OpenRead(path);
        var (header, dataStart) = ReadHeader(path, stream);
        var tensors = new Dictionary<string, Tensor>();
        foreach (var property in header.EnumerateObject().Where(p => p.Name != "__metadata__"))
        {
            var (type, shape, start, length) = ReadEntry(path, property, stream.Length - dataStart);
            var tensor = empty(shape, type).DetachFromDisposeScope();
            tensors.Add(property.Name, tensor);
            stream.Position = dataStart + start;
            if (length > 0)
                stream.ReadExactly(tensor.bytes);
        }

        return tensors;
    }

    /// <summary>Writes tensors in the order given.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">Names and values; moved to the CPU as they are written.</param>
    /// <exception cref="ArgumentException">A tensor has a type that the format does not know here.</exception>
    public static void Save(Stream stream, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        var all = tensors.ToList();
        var header = new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        long position = 0;
        foreach (var (name, value) in all)
        {
            var (typeName, _, bytes) = TypeOf(name, value);
            var end = position + value.numel() * bytes;
            header[name] = new JsonObject
            {
                ["dtype"] = typeName,
                ["shape"] = new JsonArray(value.shape.Select(s => (JsonNode)s).ToArray()),
                ["data_offsets"] = new JsonArray(position, end),
            };
            position = end;
        }

        WriteHeader(stream, header);
        foreach (var (_, value) in all)
        {
            using var scope = NewDisposeScope();
            stream.Write(value.detach().cpu().contiguous().bytes);
        }
    }

    private static void WriteHeader(Stream stream, JsonObject header)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var padded = new byte[(json.Length + 7) / 8 * 8]; // values start at a multiple of eight
        Array.Fill(padded, (byte)' ');
        json.CopyTo(padded, 0);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded.Length);
        stream.Write(length);
        stream.Write(padded);
    }

    private static (JsonElement Header, long DataStart) ReadHeader(string path, Stream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
            throw new InvalidDataException($"{path}: shorter than a safetensors header");
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length <= 0 || length > LargestHeader || length > stream.Length - 8)
            throw new InvalidDataException($"{path}: says its header has {length} bytes, in a file of {stream.Length}; not a safetensors file?");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        try
        {
            var root = JsonDocument.Parse(bytes).RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? (root, 8 + length)
                : throw new InvalidDataException($"{path}: the header is not a JSON object");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: the header is not valid JSON ({e.Message})", e);
        }
    }

    private static (ScalarType Type, long[] Shape, long Start, long Length) ReadEntry(string path, JsonProperty entry, long available)
    {
        try
        {
            var typeName = entry.Value.GetProperty("dtype").GetString();
            var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(s => s.GetInt64()).ToArray();
            var offsets = entry.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt64()).ToArray();
            var known = Types.FirstOrDefault(t => t.Name == typeName);
            if (known.Name is null)
                throw new InvalidDataException($"{path}: tensor {entry.Name} has type {typeName}; supported are {string.Join(", ", Types.Select(t => t.Name))}");
            var length = shape.Aggregate((long)known.Bytes, (product, size) =>
                size >= 0 ? checked(product * size) : throw new OverflowException());
            if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] > available || offsets[1] - offsets[0] != length)
            {
                throw new InvalidDataException(
                    $"{path}: tensor {entry.Name} [{string.Join(", ", shape)}] needs {length} bytes inside {available}, but has data_offsets [{string.Join(", ", offsets)}]");
            }

            return (known.Type, shape, offsets[0], length);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"{path}: tensor {entry.Name} needs dtype, shape and data_offsets of plain, fitting numbers", e);
        }
    }

    private static (string Name, ScalarType Type, int Bytes) TypeOf(string name, Tensor value)
    {
        var known = Types.FirstOrDefault(t => t.Type == value.dtype);
        return known.Name is not null
            ? known
            : throw new ArgumentException($"Tensor {name} has type {value.dtype}; supported are {string.Join(", ", Types.Select(t => t.Type))}");
    }
}
