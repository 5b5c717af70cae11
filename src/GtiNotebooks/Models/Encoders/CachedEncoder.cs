using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GtiNotebooks.Data;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// Keeps what another encoder computed in a folder, one safetensors file for each list of texts, and reads it back when the same texts are
/// asked of an encoder with the same <see cref="ITextEncoder.Fingerprint"/>. What is read is checked against its own hash; a damaged file is
/// computed and written anew. A folder that cannot be written only costs the time.
/// </summary>
public sealed class CachedEncoder : ITextEncoder
{
    private const string VectorsName = "vectors";
    private readonly ITextEncoder encoder;
    private readonly string folder;
    private readonly Action<string> tell;

    /// <param name="encoder">Computes what is not there.</param>
    /// <param name="folder">Where to keep vectors; made when it is missing.</param>
    /// <param name="tell">Is told, in a sentence, of a file that is damaged and of a folder that cannot be written; <see cref="Console.WriteLine(string)"/> does.</param>
    public CachedEncoder(ITextEncoder encoder, string folder, Action<string> tell)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(tell);
        (this.encoder, this.folder, this.tell) = (encoder, folder, tell);
    }

    /// <summary>That of the encoder within.</summary>
    public string Fingerprint() => encoder.Fingerprint();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no texts.</exception>
    public Tensor Encode(IReadOnlyList<string> texts, IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0)
            throw new ArgumentException("There are no texts", nameof(texts));
        cancellation.ThrowIfCancellationRequested();
        var (fingerprint, textsHash) = (encoder.Fingerprint(), HashOf(texts));
        var path = PathOf(fingerprint, textsHash);
        if (TryRead(path, fingerprint, textsHash, texts.Count) is { } kept)
            return kept;
        var vectors = encoder.Encode(texts, progress, cancellation);
        TryWrite(path, fingerprint, textsHash, vectors);
        return vectors;
    }

    /// <summary>The file that holds the vectors of these texts, or would: named after texts and fingerprint.</summary>
    /// <param name="texts">The texts.</param>
    public string PathFor(IReadOnlyList<string> texts) => PathOf(encoder.Fingerprint(), HashOf(texts));

    private string PathOf(string fingerprint, string textsHash) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(textsHash + fingerprint)))[..32] + ".safetensors");

    private Tensor? TryRead(string path, string fingerprint, string textsHash, int count)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var file = SafeTensorsFile.Open(path);
            return Read(file, fingerprint, textsHash, count);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            tell($"The vectors kept in {path} cannot be used and are computed anew. {e.Message}");
            return null;
        }
    }

    private static Tensor Read(SafeTensorsFile file, string fingerprint, string textsHash, int count)
    {
        var info = file.Find(VectorsName);
        if (info is null || info.Type != ScalarType.Float32 || info.Shape.Count != 2 || info.Shape[0] != count)
            throw FileProblem.In(file.Path, $"should hold one float32 tensor '{VectorsName}' [{count}, width].");
        if (file.Metadata.GetValueOrDefault("encoder") != fingerprint || file.Metadata.GetValueOrDefault("texts") != textsHash)
            throw FileProblem.In(file.Path, "is of another encoder or of other texts.");
        var vectors = empty([.. info.Shape], info.Type);
        try
        {
            file.CopyTo(VectorsName, vectors);
            return file.Metadata.GetValueOrDefault("sha256") == HashOf(vectors) ? vectors : throw FileProblem.In(file.Path, "the values are not those that were written.");
        }
        catch
        {
            vectors.Dispose();
            throw;
        }
    }

    private void TryWrite(string path, string fingerprint, string textsHash, Tensor vectors)
    {
        var metadata = new Dictionary<string, string> { ["encoder"] = fingerprint, ["texts"] = textsHash, ["sha256"] = HashOf(vectors) };
        try
        {
            AtomicFile.Write(path, stream => SafeTensors.Save(stream, [(VectorsName, vectors)], metadata));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tell($"The vectors could not be kept in {folder}, and will be computed again next time. {e.Message}");
        }
    }

    private static string HashOf(Tensor vectors)
    {
        const int rowsAtOnce = 4096;
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var all = vectors.contiguous();
        for (var from = 0L; from < all.shape[0]; from += rowsAtOnce)
            hash.AppendData(all.narrow(0, from, Math.Min(rowsAtOnce, all.shape[0] - from)).contiguous().bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Each text goes in with its length before it, so that no two lists run together to the same bytes.</summary>
    private static string HashOf(IReadOnlyList<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
