using GtiNotebooks.Data;

namespace GtiNotebooks.Retrieval;

/// <summary>
/// Item-based nearest neighbours: an item's score is the sum, over the events of the history, of its similarity to the event's item times
/// <c>decay^age</c> (age 0 = the newest). Similarity is the cosine of the items' training users with shrinkage, and 0 beyond an item's kept
/// neighbours. Items with a score of 0 follow by training popularity.
/// </summary>
public sealed class ItemKnnRanker : IItemRanker
{
    private readonly ItemKnnOptions options;
    private readonly ItemPopularity popularity;
    private readonly ItemNeighbours neighbours;

    /// <summary>Counts co-occurrences.</summary>
    /// <param name="itemCount">Items in the catalogue; at least 1.</param>
    /// <param name="trainingEvents">Each user's items, as <see cref="TrainingEvents.Of"/> gives them.</param>
    /// <param name="options">The knobs.</param>
    /// <exception cref="ArgumentException">There are no items, or an event names one that is not in the catalogue.</exception>
    public ItemKnnRanker(int itemCount, IReadOnlyList<IReadOnlyList<int>> trainingEvents, ItemKnnOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        popularity = new ItemPopularity(itemCount, trainingEvents);
        neighbours = new ItemNeighbours(itemCount, trainingEvents, options.Neighbours, options.Shrinkage);
    }

    /// <inheritdoc/>
    public string Name => "item-kNN";

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<int>> Rank(
        IReadOnlyList<NextItemExample> rows, int count, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        HistoryRanking.EachRow(rows, count, popularity.ItemCount, history => popularity.BackFill(Scored(history), count), progress, cancellation);

    private IEnumerable<int> Scored(IReadOnlyList<int> history)
    {
        var scores = new Dictionary<int, double>();
        var weight = 1.0;
        for (var i = history.Count - 1; i >= 0; i--, weight *= options.HistoryDecay)
        {
            if (options.SelfSimilarity > 0)
                Add(scores, history[i], weight * options.SelfSimilarity);
            foreach (var neighbour in neighbours.Of(history[i]))
                Add(scores, neighbour.Item, weight * neighbour.Similarity);
        }

        return scores.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key);
    }

    private static void Add(Dictionary<int, double> scores, int item, double value) =>
        scores[item] = scores.GetValueOrDefault(item) + value;
}
