using System.Runtime.CompilerServices;

namespace GtiNotebooks.SemanticIds;

/// <summary>What becomes of items that still share an ID after the last level was assigned anew.</summary>
public enum CollisionFallback
{
    /// <summary>They share it; the report says how many.</summary>
    Share,

    /// <summary>All but the first take the nearest code of the last level that is free; where none is, the nearest of the level before with one free, and so on.</summary>
    NextFreeCode,

    /// <summary>Every ID gets one level more, the item's rank among those with the same codes (TIGER's rule); it has no meaning and no codebook.</summary>
    ExtraLevel,
}

/// <summary>What becomes of items whose vectors are equal, and whose texts are where those are known: nothing can tell them apart by what they are.</summary>
public enum IdenticalItems
{
    /// <summary>They share one ID, and the report lists them.</summary>
    ShareId,

    /// <summary>They are repaired like any others: different IDs, which of them is which being arbitrary.</summary>
    Separate,
}

/// <summary>How the last level is assigned anew by Sinkhorn-Knopp.</summary>
/// <param name="Epsilon">Regularisation, in units of the group's largest squared distance; above 0. LC-Rec's is 0.003.</param>
/// <param name="Rounds">Most rounds; at least 1.</param>
public sealed record SinkhornOptions(double Epsilon = 0.003, int Rounds = 100);

/// <summary>From vectors to Semantic IDs.</summary>
public sealed record SemanticIdOptions
{
    /// <summary>How codebooks are learnt: an RQ-VAE, or residual k-means.</summary>
    public CodebookOptions Codebooks { get; init; } = new RqVaeOptions();

    /// <summary>How items that collide get new codes on the last level; null leaves it out.</summary>
    public SinkhornOptions? Sinkhorn { get; init; } = new();

    /// <summary>What becomes of those that still collide.</summary>
    public CollisionFallback Fallback { get; init; } = CollisionFallback.NextFreeCode;

    /// <summary>What becomes of items with equal vectors and texts.</summary>
    public IdenticalItems Identical { get; init; } = IdenticalItems.ShareId;

    /// <summary>The report names so many words a code; at least 1.</summary>
    public int WordsPerCode { get; init => field = AtLeastOne(value); } = 8;

    /// <summary>The report shows the neighbours of so many items, spread over the catalogue; at least 1.</summary>
    public int ExampleItems { get; init => field = AtLeastOne(value); } = 5;

    private static int AtLeastOne(int value, [CallerMemberName] string option = "") =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} must be at least 1.");
}
