namespace GtiNotebooks.Text;

/// <summary>A training or query text in two parts; the loss is on the answer only. Semantic IDs stand in it as <c>&lt;a_1&gt;&lt;b_2&gt;&lt;c_3&gt;</c>.</summary>
/// <param name="Prompt">What is given.</param>
/// <param name="Answer">What is to be said. It follows the prompt without a separator: a text answer starts with its own space.</param>
public sealed record PromptText(string Prompt, string Answer);

/// <summary>The six kinds of paired text and Semantic ID that the grounding stage trains on (GTI, arXiv 2604.02324).</summary>
public enum GroundingKind
{
    /// <summary>Title given, ID asked for.</summary>
    TitleToId,

    /// <summary>Description given, ID asked for.</summary>
    DescriptionToId,

    /// <summary>Title and description given, ID asked for.</summary>
    TitleAndDescriptionToId,

    /// <summary>ID given, title asked for.</summary>
    IdToTitle,

    /// <summary>ID given, description asked for.</summary>
    IdToDescription,

    /// <summary>ID given, title and description asked for.</summary>
    IdToTitleAndDescription,
}

/// <summary>What a kind gives and asks for.</summary>
public static class GroundingKindExtensions
{
    /// <summary>Whether the kind gives a text and asks for the ID; the others give the ID.</summary>
    /// <param name="kind">The kind.</param>
    public static bool AsksForId(this GroundingKind kind) =>
        kind is GroundingKind.TitleToId or GroundingKind.DescriptionToId or GroundingKind.TitleAndDescriptionToId;
}
