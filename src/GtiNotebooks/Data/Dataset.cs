using System.Security.Cryptography;

namespace GtiNotebooks.Data;

/// <summary>A file that took part in a run, so that a record can say exactly which data it speaks of.</summary>
/// <param name="Name">The path inside the data folder, with forward slashes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, 64 lower-case hex digits.</param>
/// <param name="Bytes">Its size.</param>
public sealed record DataFile(string Name, string Sha256, long Bytes)
{
    /// <summary>Reads a file and describes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">How it is called.</param>
    internal static DataFile Of(string path, string name)
    {
        using var stream = File.OpenRead(path);
        return new DataFile(name, Convert.ToHexStringLower(SHA256.HashData(stream)), stream.Length);
    }
}

/// <summary>
/// A folder in the native form: <c>items.jsonl</c>, <c>interactions.csv</c>, and optionally <c>official_targets.csv</c> (a published split)
/// and Semantic IDs: our own in the folder <c>semantic-ids</c>, or one published <c>*.index.json</c> (also looked for in <c>raw/</c>).
/// </summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Catalogue">All items.</param>
/// <param name="Log">All histories.</param>
/// <param name="Files">The files that were read, with their hashes, ordered by name; those of Semantic IDs stand in <see cref="SemanticIdFiles"/>.</param>
public sealed record Dataset(string Name, Catalogue Catalogue, InteractionLog Log, IReadOnlyList<DataFile> Files)
{
    /// <summary>Name of the folder of Semantic IDs inside a data folder.</summary>
    public const string SemanticIdsName = "semantic-ids";

    /// <summary>Name of the file of the IDs inside that folder.</summary>
    public const string SemanticIdsFile = "semantic_ids.json";

    private const string OfficialTargets = "official_targets.csv";

    /// <summary>The published split, or null: then the default <see cref="Split"/> is leave-one-out.</summary>
    public string? OfficialTargetsFile { get; init; }

    /// <summary>The published Semantic IDs (the full path of a <c>*.index.json</c>), or null.</summary>
    public string? IndexFile { get; init; }

    /// <summary>The files of the Semantic IDs, with their hashes, ordered by name; empty where the data set brings none.</summary>
    public IReadOnlyList<DataFile> SemanticIdFiles { get; init; } = [];

    /// <summary>The folder of Semantic IDs that <c>gti semantic-ids</c> wrote (its full path), or null. It goes before <see cref="IndexFile"/>.</summary>
    public string? SemanticIdsFolder { get; init; }

    /// <summary>Reads a data folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A file that must be there is missing.</exception>
    /// <exception cref="InvalidDataException">A file is wrong; file and line are named.</exception>
    public static Dataset Load(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: no such folder. A data folder holds items.jsonl and interactions.csv.");
        }
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string items = Path.Combine(root, "items.jsonl"), interactions = Path.Combine(root, "interactions.csv");
        FileProblem.RequireFile(items, Catalogue.Expected);
        FileProblem.RequireFile(interactions, InteractionLog.Expected);
        var targets = Path.Combine(root, OfficialTargets);
        var official = File.Exists(targets) ? targets : null;
        var index = FindIndexFile(root);
        var catalogue = Catalogue.Load(items);
        string?[] read = [items, interactions, official];
        var files = read.OfType<string>().Select(path => DataFile.Of(path, Path.GetRelativePath(root, path).Replace('\\', '/')));
        var dataset = new Dataset(Path.GetFileName(root), catalogue, InteractionLog.Load(interactions, catalogue), Ordered(files)) { OfficialTargetsFile = official };
        var ids = Path.Combine(root, SemanticIdsName);
        if (Directory.Exists(ids))
            return dataset.WithSemanticIds(ids);
        return index is null
            ? dataset
            : dataset with { IndexFile = index, SemanticIdFiles = [DataFile.Of(index, Path.GetRelativePath(root, index).Replace('\\', '/'))] };
    }

    /// <summary>The same data with other Semantic IDs than its own.</summary>
    /// <param name="folder">A folder that <c>gti semantic-ids</c> wrote.</param>
    /// <exception cref="FileNotFoundException">The folder holds no Semantic IDs.</exception>
    public Dataset WithSemanticIds(string folder)
    {
        var ids = Path.Combine(Path.GetFullPath(folder), SemanticIdsFile);
        FileProblem.RequireFile(ids, "Semantic IDs, as 'gti semantic-ids' writes them");
        // The report beside them tells how long the making took; IDs made again are the same nonetheless.
        var files = Directory.GetFiles(Path.GetDirectoryName(ids)!, "*.safetensors").Append(ids);
        return this with
        {
            IndexFile = null,
            SemanticIdsFolder = Path.GetDirectoryName(ids),
            SemanticIdFiles = Ordered(files.Select(path => DataFile.Of(path, $"{SemanticIdsName}/{Path.GetFileName(path)}"))),
        };
    }

    /// <summary>Whether a file of a record is one of <see cref="SemanticIdFiles"/>.</summary>
    internal static bool IsOfSemanticIds(DataFile file) =>
        file.Name.StartsWith(SemanticIdsName + "/", StringComparison.Ordinal) || file.Name.EndsWith(".index.json", StringComparison.Ordinal);

    private static DataFile[] Ordered(IEnumerable<DataFile> files) => [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];

    /// <summary>Splits the histories.</summary>
    /// <param name="maxHistory">The most items that an example's history holds; at least 1.</param>
    /// <param name="protocol">How; by default the data set's own split.</param>
    /// <exception cref="FileNotFoundException">Official rows are asked for and the data set has none.</exception>
    /// <exception cref="InvalidDataException">An official row is wrong; file and line are named.</exception>
    /// <exception cref="ArgumentException">The log does not allow such a split; see <see cref="LeaveOneOut"/> and <see cref="TemporalSplit"/>.</exception>
    public Split Split(int maxHistory, SplitProtocol protocol = SplitProtocol.Default) => protocol switch
    {
        SplitProtocol.Default => Split(maxHistory, OfficialTargetsFile is null ? SplitProtocol.LeaveOneOut : SplitProtocol.OfficialRows),
        SplitProtocol.LeaveOneOut => LeaveOneOut.Apply(Log, maxHistory),
        SplitProtocol.Temporal => TemporalSplit.Apply(Log, maxHistory),
        SplitProtocol.OfficialRows => OfficialRows.Load(OfficialTargetsFile ?? throw NoOfficialRows(), Catalogue, Log, maxHistory),
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "no such protocol"),
    };

    private FileNotFoundException NoOfficialRows() =>
        new($"{Name}/{OfficialTargets}: no such file, so the data set has no official rows. Leave-one-out needs no file.", $"{Name}/{OfficialTargets}");

    private static string? FindIndexFile(string root)
    {
        var folders = new[] { root, Path.Combine(root, "raw") }.Where(Directory.Exists);
        var found = folders.SelectMany(folder => Directory.GetFiles(folder, "*.index.json").Order(StringComparer.Ordinal)).ToArray();
        return found.Length <= 1
            ? found.SingleOrDefault()
            : throw FileProblem.In(root, $"several index files ({string.Join(", ", found.Select(Path.GetFileName))}); keep one.");
    }
}
