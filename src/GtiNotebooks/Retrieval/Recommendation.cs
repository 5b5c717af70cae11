using GtiNotebooks.Data;

namespace GtiNotebooks.Retrieval;

/// <summary>One recommended item.</summary>
/// <param name="Rank">Its place in the list, from 1.</param>
/// <param name="Item">The item: id, title and all else the catalogue says.</param>
/// <param name="SemanticId">Its Semantic ID, such as <c>&lt;a_17&gt;&lt;b_3&gt;&lt;c_250&gt;</c>.</param>
/// <param name="LogProbability">Log-probability of the Semantic ID after the history, nats; null where the model was not asked, see
/// <see cref="RecommendationSource.ColdStart"/>. Items that share an ID have one score.</param>
/// <param name="SharesIdWith">The other items with this Semantic ID, in the catalogue's order, whether they are in the list or not: the model
/// cannot tell them apart. Mostly empty.</param>
public sealed record Recommendation(int Rank, Item Item, string SemanticId, double? LogProbability, IReadOnlyList<Item> SharesIdWith);

/// <summary>Who ordered a list.</summary>
public enum RecommendationSource
{
    /// <summary>The language model, from the history.</summary>
    Model,

    /// <summary>The ranking for users without a history, <see cref="RecommenderOptions.ColdStartRanking"/>.</summary>
    ColdStart,
}

/// <summary>What is recommended to one user, and on what grounds.</summary>
/// <param name="Recommendations">The items, best first.</param>
/// <param name="Source">Who ordered them.</param>
/// <param name="UsedHistory">The items that the model was shown, oldest first: the latest known ones of the history.</param>
/// <param name="SkippedItemIds">The history's unknown item ids, in its order, each once; empty unless <see cref="UnknownItems.Skip"/> was asked for.</param>
public sealed record RecommendationList(
    IReadOnlyList<Recommendation> Recommendations, RecommendationSource Source, IReadOnlyList<Item> UsedHistory, IReadOnlyList<string> SkippedItemIds);
