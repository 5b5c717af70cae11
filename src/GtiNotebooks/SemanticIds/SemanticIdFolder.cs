using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>Semantic IDs as a folder keeps them. Disposing it disposes the codebooks.</summary>
/// <param name="Map">The IDs.</param>
/// <param name="Codebooks">One a described level, <c>[codebook size, code width]</c> float32; an extra level has none.</param>
public sealed record StoredSemanticIds(SemanticIdMap Map, IReadOnlyList<Tensor> Codebooks) : IDisposable
{
    /// <summary>The IDs that a data set brings: those of its folder, or published ones, which have no codebooks.</summary>
    /// <param name="dataset">The data set.</param>
    /// <exception cref="InvalidDataException">It brings none, or a file is wrong.</exception>
    public static StoredSemanticIds Of(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.SemanticIdsFolder is { } folder)
            return SemanticIdFolder.Load(folder, dataset.Catalogue);
        return dataset.IndexFile is { } file
            ? new StoredSemanticIds(SemanticIdMap.LoadIndexJson(file, dataset.Catalogue), [])
            : throw new InvalidDataException(
                $"{dataset.Name} has no Semantic IDs: './gti semantic-ids --data DIR' learns them ('--out DIR' beside a data folder that is not to be touched, "
                + "for '--ids DIR'); a published *.index.json in the data folder is read, too");
    }

    /// <summary>Disposes the codebooks.</summary>
    public void Dispose()
    {
        foreach (var codebook in Codebooks)
            codebook.Dispose();
    }
}

/// <summary>
/// A folder of Semantic IDs: <c>semantic_ids.json</c> (the IDs), <c>codebooks.safetensors</c> (what the codes stand for) and <c>report.json</c>
/// (how they came about and what they are worth). A data folder may hold one, named <see cref="Dataset.SemanticIdsName"/>.
/// </summary>
public static class SemanticIdFolder
{
    private const string CodebooksFile = "codebooks.safetensors";
    private const string ReportFile = "report.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes the folder, whole or not at all; an older one goes.</summary>
    /// <param name="folder">Missing, empty, or an older folder of Semantic IDs to which nothing was added since.</param>
    /// <param name="catalogue">The items, in the order of the vectors the IDs were learnt from.</param>
    /// <param name="result">The IDs.</param>
    /// <param name="vectors">What the vectors were, in words or as <see cref="Text.ITextEncoder.Fingerprint"/> says.</param>
    /// <param name="options">How the IDs were made.</param>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public static void Save(string folder, Catalogue catalogue, SemanticIdResult result, string vectors, SemanticIdOptions options)
    {
        ArgumentNullException.ThrowIfNull(result);
        RequireReplaceable(folder);
        WholeFolder.Write(folder, temporary =>
        {
            result.Map.Save(Path.Combine(temporary, Dataset.SemanticIdsFile), catalogue);
            AtomicFile.Write(Path.Combine(temporary, CodebooksFile), stream => SafeTensors.Save(stream, result.Codebooks.Select((codebook, level) => (NameOf(level), codebook))));
            AtomicFile.WriteAllText(Path.Combine(temporary, ReportFile), ReportOf(result, vectors, options) + "\n");
        });
    }

    /// <summary>Throws where <see cref="Save"/> would: for those who learn IDs for an hour before they write them.</summary>
    /// <param name="folder">Missing, empty, or an older folder of Semantic IDs to which nothing was added since.</param>
    /// <exception cref="IOException">The folder is a file, or holds something that <see cref="Save"/> does not write: an export with its model, a user's notes.</exception>
    public static void RequireReplaceable(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (File.Exists(folder))
            throw new IOException($"{folder} is a file; Semantic IDs are a folder");
        if (!Directory.Exists(folder))
            return;
        // An export has a file of IDs too, so having one is not enough.
        string[] ours = [Dataset.SemanticIdsFile, CodebooksFile, ReportFile];
        var names = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray();
        if (names.Length > 0 && !names.Contains(Dataset.SemanticIdsFile))
            throw new IOException($"{folder} is not empty and holds no {Dataset.SemanticIdsFile}, so no Semantic IDs; choose another folder");
        if (Array.Find(names, name => !ours.Contains(name) || Directory.Exists(Path.Combine(folder, name))) is { } added)
            throw new IOException($"{folder} holds '{added}', which would be lost; move it or choose another folder");
    }

    /// <summary>Reads IDs and codebooks.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="catalogue">The items; each must have an ID.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="InvalidDataException">A file is wrong, or a codebook does not fit the IDs; file and field are named.</exception>
    public static StoredSemanticIds Load(string folder, Catalogue catalogue)
    {
        var map = SemanticIdMap.Load(Path.Combine(folder, Dataset.SemanticIdsFile), catalogue);
        var path = Path.Combine(folder, CodebooksFile);
        FileProblem.RequireFile(path, "the codebooks, as 'gti semantic-ids' writes them");
        var tensors = SafeTensors.Load(path);
        try
        {
            var codebooks = Enumerable.Range(0, tensors.Count).Select(level => Codebook(tensors, level, map, path)).ToArray();
            return new StoredSemanticIds(map, codebooks);
        }
        catch
        {
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
            throw;
        }
    }

    private static Tensor Codebook(IReadOnlyDictionary<string, Tensor> tensors, int level, SemanticIdMap map, string path)
    {
        if (!tensors.TryGetValue(NameOf(level), out var codebook))
            throw FileProblem.In(path, $"there is no '{NameOf(level)}'; {tensors.Count} codebooks are named {NameOf(0)} to {NameOf(tensors.Count - 1)}.");
        if (level >= map.Levels)
            throw FileProblem.In(path, $"'{NameOf(level)}' has no level: the IDs have {map.Levels}.");
        return codebook.ndim == 2 && codebook.dtype == ScalarType.Float32 && codebook.shape[0] >= map.CodebookSizes[level]
            ? codebook
            : throw FileProblem.In(path, $"'{NameOf(level)}' is {codebook.dtype} [{string.Join(", ", codebook.shape)}]; it should be Float32 with {map.CodebookSizes[level]} rows.");
    }

    private static string NameOf(int level) => FormattableString.Invariant($"codebooks.{level}");

    private static string ReportOf(SemanticIdResult result, string vectors, SemanticIdOptions options) => JsonSerializer.Serialize(
        new
        {
            vectors,
            learner = options.Codebooks.GetType().Name.Replace("Options", "", StringComparison.Ordinal),
            codebooks = JsonSerializer.SerializeToElement(options.Codebooks, options.Codebooks.GetType(), Json),
            sinkhorn = options.Sinkhorn,
            fallback = options.Fallback,
            identicalItems = options.Identical,
            report = result.Report,
        },
        Json);
}
