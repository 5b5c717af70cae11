namespace GtiNotebooks.Data;

/// <summary>What becomes of events that repeat another one exactly: same user, same item, same time.</summary>
public enum DuplicateEvents
{
    /// <summary>The first stays, the others go and are counted.</summary>
    Drop,

    /// <summary>All stay.</summary>
    Keep,
}

/// <summary>How a foreign format is imported. Buying an item again at another time is never a duplicate: such events always stay.</summary>
public sealed record ImportOptions
{
    /// <summary>
    /// Keep only users and items with at least this many events, repeated until nothing changes (the k-core of the field's papers, which
    /// count events, repeats included); 0 keeps all, also items without events.
    /// </summary>
    public int KCore { get; init; }

    /// <summary>What becomes of exact duplicates; by default only the first of them stays.</summary>
    public DuplicateEvents Duplicates { get; init; } = DuplicateEvents.Drop;

    /// <summary>Drop events rated lower; null keeps all. Only for formats with ratings (amazon-reviews, movielens).</summary>
    public double? MinimumRating { get; init; }

    /// <summary>The item file, where it does not lie beside the reviews under its usual name. Only for amazon-reviews.</summary>
    public string? Metadata { get; init; }

    /// <summary>Which data set of a folder that holds several: how its file names begin. Only for minionerec, lc-rec and unisrec.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Import although the training rows are missing: histories then start with what the first validation or test row tells of them.
    /// Only for minionerec.
    /// </summary>
    public bool AllowMissingTrain { get; init; }
}
