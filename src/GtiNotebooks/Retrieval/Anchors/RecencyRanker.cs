using GtiNotebooks.Data;

namespace GtiNotebooks.Retrieval;

/// <summary>
/// The anchor of repeat purchases: the user's own last items, the newest first and each once, then the other items by training popularity. It
/// shows how much of a result needs no more than "buys the same again".
/// </summary>
/// <param name="itemCount">Items in the catalogue; at least 1.</param>
/// <param name="trainingEvents">Each user's items, as <see cref="TrainingEvents.Of"/> gives them; they order the back-fill.</param>
/// <exception cref="ArgumentException">There are no items, or an event names one that is not in the catalogue.</exception>
public sealed class RecencyRanker(int itemCount, IReadOnlyList<IReadOnlyList<int>> trainingEvents) : IItemRanker
{
    private readonly ItemPopularity popularity = new(itemCount, trainingEvents);

    /// <inheritdoc/>
    public string Name => "recency";

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<int>> Rank(
        IReadOnlyList<NextItemExample> rows, int count, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        HistoryRanking.EachRow(
            rows, count, popularity.ItemCount, history => popularity.BackFill(history.Reverse(), count), progress, cancellation);
}
