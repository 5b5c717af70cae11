namespace GtiNotebooks.Data;

/// <summary>Finds the two files of an Amazon review data set, which are published side by side: <c>NAME</c> and <c>meta_NAME</c>.</summary>
internal static class AmazonFiles
{
    private const string MetadataPrefix = "meta_";

    private const string Expected = "a reviews file of JSON lines and its metadata, such as Tools.jsonl.gz and meta_Tools.jsonl.gz (2018: Tools_5.json.gz and meta_Tools.json.gz)";

    private static readonly string[] Suffixes = [".jsonl.gz", ".json.gz", ".jsonl", ".json"];

    /// <summary>The reviews file and the metadata file.</summary>
    /// <param name="source">The reviews file, or a folder that holds just the two.</param>
    /// <param name="metadata">The metadata file, or null to look beside the reviews.</param>
    public static (string Reviews, string Metadata) Find(string source, string? metadata)
    {
        var reviews = Directory.Exists(source) ? ReviewsIn(source) : source;
        FileProblem.RequireFile(reviews, Expected);
        return (reviews, metadata ?? Beside(reviews));
    }

    private static string ReviewsIn(string folder)
    {
        var reviews = Directory.GetFiles(folder).Where(path => IsReviews(Path.GetFileName(path))).Order(StringComparer.Ordinal).ToArray();
        return reviews.Length switch
        {
            1 => reviews[0],
            0 => throw new FileNotFoundException($"{folder}: no reviews file. It should hold {Expected}."),
            _ => throw FileProblem.In(folder, $"several reviews files ({string.Join(", ", reviews.Select(Path.GetFileName))}); give one of them as the source."),
        };
    }

    private static bool IsReviews(string name) =>
        !name.StartsWith(MetadataPrefix, StringComparison.Ordinal) && Suffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal));

    private static string Beside(string reviews)
    {
        var name = Path.GetFileName(reviews);
        var stem = Suffixes.Where(suffix => name.EndsWith(suffix, StringComparison.Ordinal)).Select(suffix => name[..^suffix.Length]).FirstOrDefault(name);
        // The 2018 and 2014 files of users and items with five reviews each end in _5; their metadata are those of the whole category.
        string[] stems = stem.EndsWith("_5", StringComparison.Ordinal) ? [stem, stem[..^2]] : [stem];
        var folder = Path.GetDirectoryName(Path.GetFullPath(reviews))!;
        // The 2014 files are called reviews_NAME.
        var candidates = stems.Select(candidate => candidate.StartsWith("reviews_", StringComparison.Ordinal) ? candidate["reviews_".Length..] : candidate)
            .SelectMany(candidate => Suffixes.Select(suffix => Path.Combine(folder, MetadataPrefix + candidate + suffix)));
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{reviews}: no {MetadataPrefix}{stems[^1]} file beside it; name the metadata with --metadata. Expected {Expected}.");
    }
}
