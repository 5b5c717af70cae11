namespace GtiNotebooks.Data;

/// <summary>
/// Turns foreign formats into a data folder of the native form (see <see cref="Dataset"/>), so that everything else works on it. The folder
/// is written whole or not at all.
/// </summary>
public static class DataImport
{
    private static readonly ISourceReader[] Readers =
    [
        new NativeReader(), new AmazonReviewsReader(), new MovieLensReader(), new VibrentReader(), new MiniOneRecReader(), new LcRecReader(),
        new UniSRecReader(),
    ];

    /// <summary>The names of the formats.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. Readers.Select(reader => reader.Format)];

    /// <summary>Imports a file or folder.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="source">The file or folder to read.</param>
    /// <param name="folder">The folder to write: missing, empty, or an earlier import, which is replaced.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told about large files now and then.</param>
    /// <param name="cancellation">Stops the import; nothing is left behind.</param>
    /// <returns>What was read and written; also stored in the folder.</returns>
    /// <exception cref="ArgumentException">There is no such format, or it does not have an option that was given.</exception>
    /// <exception cref="FileNotFoundException">A file that must be there is missing.</exception>
    /// <exception cref="InvalidDataException">A file is wrong (file and line are named), or nothing is left of it.</exception>
    /// <exception cref="IOException">The folder holds something that is no earlier import.</exception>
    public static ImportReport Run(
        string format, string source, string folder, ImportOptions? options = null, IProgress<ImportProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        var reader = Find(format);
        options ??= new ImportOptions();
        Check(options, reader);
        ImportFolder.RequireReplaceable(folder);
        var context = new ImportContext(source, options, progress, cancellation);
        var data = reader.Read(source, context);
        var events = EventFilter.Apply(data, context);
        var import = ImportedData.From(data, events, context);
        var report = import.Report(reader.Format, data.Form, context);
        WholeFolder.Write(folder, target => import.Write(target, report, cancellation));
        return report;
    }

    /// <summary>The reader of a format.</summary>
    internal static ISourceReader Find(string format) =>
        Array.Find(Readers, reader => reader.Format == format)
        ?? throw new ArgumentException($"There is no format '{format}'; there are {string.Join(", ", Formats)}.", nameof(format));

    private static void Check(ImportOptions options, ISourceReader reader)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.KCore);
        (string Name, bool IsGiven)[] given =
        [
            ("--min-rating", options.MinimumRating is not null), ("--metadata", options.Metadata is not null), ("--name", options.Name is not null),
            ("--allow-missing-train", options.AllowMissingTrain),
        ];
        foreach (var (name, _) in given.Where(option => option.IsGiven && !reader.Options.Contains(option.Name)))
        {
            throw new ArgumentException($"The format '{reader.Format}' has no option {name}.", nameof(options));
        }
    }
}
