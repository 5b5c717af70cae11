namespace GtiNotebooks.Data;

/// <summary>What one import carries along: its options and everything that is counted on the way.</summary>
internal sealed class ImportContext(string source, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation)
{
    private readonly List<DataFile> _sources = [];

    public ImportOptions Options { get; } = options;

    public IProgress<ImportProgress>? Progress { get; } = progress;

    public CancellationToken Cancellation { get; } = cancellation;

    public ImportTally DroppedItems { get; } = new();

    public ImportTally DroppedEvents { get; } = new();

    public ImportTally DroppedTargets { get; } = new();

    public ImportTally Defects { get; } = new();

    /// <summary>What a reader of the report must know; printed before the counts.</summary>
    public List<string> Notes { get; } = [];

    public long ItemsRead { get; set; }

    public long EventsRead { get; set; }

    public IReadOnlyList<DataFile> Sources => _sources;

    /// <summary>Notes a file as a source, once it is known that it is there.</summary>
    public string Source(string path, string expected)
    {
        FileProblem.RequireFile(path, expected);
        Cancellation.ThrowIfCancellationRequested();
        var name = Path.GetRelativePath(source, path).Replace('\\', '/');
        _sources.Add(DataFile.Of(path, name.StartsWith('.') ? Path.GetFileName(path) : name));
        return path;
    }

    /// <summary>Whether an event is rated high enough; counts it when not.</summary>
    public bool KeepsRating(double rating)
    {
        if (Options.MinimumRating is not { } minimum || rating >= minimum)
        {
            return true;
        }
        DroppedEvents.Add(FormattableString.Invariant($"rated below {minimum}"));
        return false;
    }
}
