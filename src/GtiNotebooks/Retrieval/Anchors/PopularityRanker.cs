using GtiNotebooks.Data;

namespace GtiNotebooks.Retrieval;

/// <summary>The same list for everybody: the items with the most training events, equal counts by position in the catalogue.</summary>
/// <param name="itemCount">Items in the catalogue; at least 1.</param>
/// <param name="trainingEvents">Each user's items, as <see cref="TrainingEvents.Of"/> gives them.</param>
/// <exception cref="ArgumentException">There are no items, or an event names one that is not in the catalogue.</exception>
public sealed class PopularityRanker(int itemCount, IReadOnlyList<IReadOnlyList<int>> trainingEvents) : IItemRanker
{
    private readonly ItemPopularity popularity = new(itemCount, trainingEvents);

    /// <inheritdoc/>
    public string Name => "popularity";

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<int>> Rank(
        IReadOnlyList<NextItemExample> rows, int count, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        HistoryRanking.EachRow(rows, count, popularity.ItemCount, _ => popularity.BackFill([], count), progress, cancellation);
}
