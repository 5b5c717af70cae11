using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Text.Json;
using GtiNotebooks.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Start">First byte, counted from the end of the header.</param>
/// <param name="Length">Number of bytes.</param>
public sealed record SafeTensorInfo(string Name, ScalarType Type, IReadOnlyList<long> Shape, long Start, long Length);

/// <summary>
/// An open safetensors file. Its values stay on disk, mapped into memory, and are copied block by block to where they belong, so that reading
/// a checkpoint needs next to no memory beyond the model's.
/// </summary>
public sealed class SafeTensorsFile : IDisposable
{
    private const long LargestHeader = 100_000_000;
    private const int BlockBytes = 1 << 24;
    private const int MostDimensions = 64; // as many as LibTorch computes with
    private readonly Dictionary<string, SafeTensorInfo> byName = new(StringComparer.Ordinal);
    private readonly MemoryMappedFile map;
    private readonly long dataStart;

    private SafeTensorsFile(string path, FileStream stream)
    {
        Path = path;
        using (var header = ReadHeader(path, stream, out dataStart))
        {
            try
            {
                Metadata = ReadMetadata(header.RootElement);
                ReadEntries(header.RootElement, stream.Length - dataStart);
            }
            catch (InvalidOperationException e)
            {
                throw new InvalidDataException($"{path}: a name or a note in the header is not valid Unicode: {e.Message}", e);
            }
        }

        RequireApart(path, byName.Values);
        map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The notes in the header, by key; what is not text is left out.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Its tensors, in the order of the header.</summary>
    public IReadOnlyCollection<SafeTensorInfo> Tensors => byName.Values;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The header lies about the file; the message names the tensor.</exception>
    public static SafeTensorsFile Open(string path)
    {
        var stream = File.OpenRead(path);
        try
        {
            return new SafeTensorsFile(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>What the header says of a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Null when the file has no such tensor.</returns>
    public SafeTensorInfo? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Copies a tensor's values, converted to the target's type and device.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="target">Contiguous, with as many elements.</param>
    /// <exception cref="ArgumentException">The file has no such tensor, or the target has another number of elements.</exception>
    public void CopyTo(string name, Tensor target) => CopyTo(name, target, BlockBytes);

    internal void CopyTo(string name, Tensor target, int blockBytes)
    {
        var info = Find(name) ?? throw new ArgumentException($"{Path} has no tensor {name}", nameof(name));
        var count = target.numel();
        if (count * SafeTensors.BytesOf(info.Type) != info.Length)
            throw new ArgumentException($"{Path}: tensor {name} is [{string.Join(", ", info.Shape)}], the target [{string.Join(", ", target.shape)}]", nameof(target));
        if (count == 0)
            return;
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        using var values = Values(info);
        var flat = target.view(-1);
        var atOnce = Math.Max(1, blockBytes / SafeTensors.BytesOf(info.Type));
        for (long from = 0; from < count; from += atOnce)
        {
            using var inner = NewDisposeScope();
            var size = Math.Min(atOnce, count - from);
            var block = empty(size, info.Type);
            values.ReadExactly(block.bytes);
            flat.narrow(0, from, size).copy_(block);
        }
    }

    /// <summary>Whether two tensors have the same type, shape and bits.</summary>
    internal static bool AreEqual(SafeTensorsFile file, SafeTensorInfo tensor, SafeTensorsFile otherFile, SafeTensorInfo other)
    {
        if (tensor.Type != other.Type || !tensor.Shape.SequenceEqual(other.Shape))
            return false;
        if (tensor.Length == 0)
            return true;
        using Stream left = file.Values(tensor), right = otherFile.Values(other);
        byte[] a = new byte[1 << 16], b = new byte[1 << 16];
        for (var rest = tensor.Length; rest > 0; rest -= a.Length)
        {
            var size = (int)Math.Min(rest, a.Length);
            left.ReadExactly(a, 0, size);
            right.ReadExactly(b, 0, size);
            if (!a.AsSpan(0, size).SequenceEqual(b.AsSpan(0, size)))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => map.Dispose();

    private void ReadEntries(JsonElement header, long available)
    {
        foreach (var property in header.EnumerateObject().Where(p => p.Name != "__metadata__"))
        {
            if (!byName.TryAdd(property.Name, ReadEntry(Path, property, available)))
                throw FileProblem.In(Path, $"tensor {property.Name} is named twice");
        }
    }

    // Tensors that share bytes would let a small file ask for any amount of memory.
    private static void RequireApart(string path, IEnumerable<SafeTensorInfo> tensors)
    {
        SafeTensorInfo? before = null;
        foreach (var tensor in tensors.Where(tensor => tensor.Length > 0).OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            if (before is not null && tensor.Start < before.Start + before.Length)
                throw FileProblem.In(path, $"the data_offsets of the tensors {before.Name} and {tensor.Name} overlap");
            before = tensor;
        }
    }

    private MemoryMappedViewStream Values(SafeTensorInfo info) =>
        map.CreateViewStream(dataStart + info.Start, info.Length, MemoryMappedFileAccess.Read);

    private static JsonDocument ReadHeader(string path, Stream stream, out long dataStart)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
            throw new InvalidDataException($"{path}: shorter than a safetensors header");
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length <= 0 || length > LargestHeader || length > stream.Length - 8)
            throw new InvalidDataException($"{path}: says its header has {length} bytes, in a file of {stream.Length}; not a safetensors file?");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        dataStart = 8 + length;
        try
        {
            var header = JsonDocument.Parse(bytes);
            return header.RootElement.ValueKind == JsonValueKind.Object
                ? header
                : throw new InvalidDataException($"{path}: the header is not a JSON object");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: the header is not valid JSON ({e.Message})", e);
        }
    }

    private static Dictionary<string, string> ReadMetadata(JsonElement header)
    {
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!header.TryGetProperty("__metadata__", out var metadata) || metadata.ValueKind != JsonValueKind.Object)
            return notes;
        foreach (var note in metadata.EnumerateObject().Where(note => note.Value.ValueKind == JsonValueKind.String))
            notes[note.Name] = note.Value.GetString()!;
        return notes;
    }

    private static SafeTensorInfo ReadEntry(string path, JsonProperty entry, long available)
    {
        try
        {
            var typeName = entry.Value.GetProperty("dtype").GetString();
            var shape = Numbers(entry.Value.GetProperty("shape"));
            var offsets = Numbers(entry.Value.GetProperty("data_offsets"));
            if (!SafeTensors.TryFindType(typeName, out var type))
                throw new InvalidDataException($"{path}: tensor {entry.Name} has type {typeName}; supported are {SafeTensors.TypeNames}");
            var length = shape.Aggregate((long)SafeTensors.BytesOf(type), (product, size) =>
                size >= 0 ? checked(product * size) : throw new OverflowException());
            // What LibTorch computes as strides: a size of 0 hides no other.
            _ = shape.Aggregate((long)SafeTensors.BytesOf(type), (product, size) => checked(product * Math.Max(size, 1)));
            // In this order no difference can overflow: 0 <= start <= end <= available.
            if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > available || offsets[1] - offsets[0] != length)
            {
                throw new InvalidDataException(
                    $"{path}: tensor {entry.Name} [{string.Join(", ", shape)}] needs {length} bytes inside {available}, but has data_offsets [{string.Join(", ", offsets)}]");
            }

            return new SafeTensorInfo(entry.Name, type, shape, offsets[0], length);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"{path}: tensor {entry.Name} needs dtype, shape and data_offsets of plain, fitting numbers", e);
        }

        long[] Numbers(JsonElement list) => list.GetArrayLength() <= MostDimensions
            ? [.. list.EnumerateArray().Select(number => number.GetInt64())]
            : throw new InvalidDataException($"{path}: tensor {entry.Name} has {list.GetArrayLength()} dimensions or offsets; a tensor has at most {MostDimensions} dimensions");
    }
}
