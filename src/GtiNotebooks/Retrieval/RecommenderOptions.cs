namespace GtiNotebooks.Retrieval;

/// <summary>What to do with items that are in the user's history.</summary>
public enum SeenItems
{
    /// <summary>They may be recommended again, as where repeat purchases are common.</summary>
    Include,

    /// <summary>They are left out, all of the history's, also those too old to be shown to the model.</summary>
    Exclude,
}

/// <summary>What to do with item ids that the catalogue does not know.</summary>
public enum UnknownItems
{
    /// <summary>An <see cref="ArgumentException"/> that names them.</summary>
    Reject,

    /// <summary>The history is read without them, and the result reports them.</summary>
    Skip,
}

/// <summary>How a <see cref="Recommender"/> works.</summary>
/// <param name="MaxHistory">The latest items that the model is shown; at least 1. More than it was fine-tuned with is out of its training's
/// distribution.</param>
public sealed record RecommenderOptions(int MaxHistory)
{
    /// <summary>Semantic IDs kept after each token, at least 1. A search is wider where the request needs it, never narrower.</summary>
    public int BeamWidth { get; init; } = 100;

    /// <summary>What a token's probability is a share of.</summary>
    public ScoreNormalisation Normalisation { get; init; } = ScoreNormalisation.FullVocabulary;

    /// <summary>
    /// Item ids, best first, for users of whom nothing is known: <see cref="ColdStart.ByPopularity"/>, say, or an editor's choice. Null: such a
    /// user is an error.
    /// </summary>
    public IReadOnlyList<string>? ColdStartRanking { get; init; }
}

/// <summary>What is asked of a <see cref="Recommender"/>.</summary>
/// <param name="Count">How many items; at least 1.</param>
public sealed record RecommendationRequest(int Count)
{
    /// <summary>What to do with items that are in the history.</summary>
    public SeenItems SeenItems { get; init; } = SeenItems.Include;

    /// <summary>What to do with unknown item ids in the history.</summary>
    public UnknownItems UnknownItems { get; init; } = UnknownItems.Reject;
}
