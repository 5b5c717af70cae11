using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// The safetensors format: eight bytes of header length, a JSON header that names each tensor's type, shape and byte range,
/// then the raw values (https://huggingface.co/docs/safetensors). <see cref="SafeTensorsFile"/> reads a file piece by piece.
/// </summary>
public static class SafeTensors
{
    private const int WrittenAtOnce = 1 << 22; // elements; a tensor may have more bytes than a span can

    private static readonly (string Name, ScalarType Type, int Bytes, string TorchName)[] Types =
    [
        ("F64", ScalarType.Float64, 8, "float64"), ("F32", ScalarType.Float32, 4, "float32"), ("F16", ScalarType.Float16, 2, "float16"),
        ("BF16", ScalarType.BFloat16, 2, "bfloat16"), ("I64", ScalarType.Int64, 8, "int64"), ("I32", ScalarType.Int32, 4, "int32"),
    ];

    internal static string TypeNames => string.Join(", ", Types.Select(t => t.Name));

    /// <summary>Reads every tensor of a file, on the CPU and in the file's types. The caller disposes them.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The header lies about the file; the message names the tensor.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        using var file = SafeTensorsFile.Open(path);
        var tensors = new Dictionary<string, Tensor>();
        foreach (var info in file.Tensors)
        {
            var tensor = empty([.. info.Shape], info.Type).DetachFromDisposeScope();
            tensors.Add(info.Name, tensor);
            file.CopyTo(info.Name, tensor);
        }

        return tensors;
    }

    /// <summary>Writes tensors in the order given.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">Names and values; moved to the CPU as they are written.</param>
    /// <exception cref="ArgumentException">A tensor has a type that the format does not know here.</exception>
    public static void Save(Stream stream, IEnumerable<(string Name, Tensor Value)> tensors) => Save(stream, tensors, [], WrittenAtOnce);

    /// <summary>Writes tensors in the order given, and notes about them.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">Names and values; moved to the CPU as they are written.</param>
    /// <param name="metadata">Notes for the header; <see cref="SafeTensorsFile.Metadata"/> reads them. The key <c>format</c> is taken.</param>
    /// <exception cref="ArgumentException">A tensor has a type that the format does not know here, or two notes have one key.</exception>
    public static void Save(Stream stream, IEnumerable<(string Name, Tensor Value)> tensors, IEnumerable<KeyValuePair<string, string>> metadata) =>
        Save(stream, tensors, metadata, WrittenAtOnce);

    internal static void Save(Stream stream, IEnumerable<(string Name, Tensor Value)> tensors, int elementsAtOnce) =>
        Save(stream, tensors, [], elementsAtOnce);

    private static void Save(
        Stream stream, IEnumerable<(string Name, Tensor Value)> tensors, IEnumerable<KeyValuePair<string, string>> metadata, int elementsAtOnce)
    {
        var all = tensors.ToList();
        var notes = new JsonObject { ["format"] = "pt" };
        foreach (var (key, value) in metadata)
            notes.Add(key, value);
        var header = new JsonObject { ["__metadata__"] = notes };
        long position = 0;
        foreach (var (name, value) in all)
        {
            var type = Types.FirstOrDefault(t => t.Type == value.dtype);
            if (type.Name is null)
                throw new ArgumentException($"Tensor {name} has type {value.dtype}; supported are {string.Join(", ", Types.Select(t => t.Type))}");
            var end = position + value.numel() * type.Bytes;
            header[name] = new JsonObject
            {
                ["dtype"] = type.Name,
                ["shape"] = new JsonArray(value.shape.Select(s => (JsonNode)s).ToArray()),
                ["data_offsets"] = new JsonArray(position, end),
            };
            position = end;
        }

        WriteHeader(stream, header);
        foreach (var (_, value) in all)
            WriteValues(stream, value, elementsAtOnce);
    }

    internal static bool TryFindType(string? name, out ScalarType type)
    {
        var known = Types.FirstOrDefault(t => t.Name == name);
        type = known.Type;
        return known.Name is not null;
    }

    internal static int BytesOf(ScalarType type) => Types.First(t => t.Type == type).Bytes;

    /// <summary>The name that <c>config.json</c> uses.</summary>
    internal static string TorchName(ScalarType type) => Types.First(t => t.Type == type).TorchName;

    /// <summary>The name that safetensors uses.</summary>
    internal static string NameOf(ScalarType type) => Types.First(t => t.Type == type).Name;

    /// <summary>Writes the bytes of a tensor's values and nothing else, block by block.</summary>
    internal static void WriteValues(Stream stream, Tensor value) => WriteValues(stream, value, WrittenAtOnce);

    private static void WriteValues(Stream stream, Tensor value, int atOnce)
    {
        using var scope = NewDisposeScope();
        var flat = value.detach().cpu().contiguous().view(-1);
        for (long from = 0; from < flat.shape[0]; from += atOnce)
            stream.Write(flat.narrow(0, from, Math.Min(atOnce, flat.shape[0] - from)).bytes);
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
}
