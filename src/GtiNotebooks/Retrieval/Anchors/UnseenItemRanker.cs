using GtiNotebooks.Data;

namespace GtiNotebooks.Retrieval;

/// <summary>
/// A ranker's list without the items of the row's history. Repeat purchases are then missed by design, so this is a choice to validate, not a
/// default. It helps a tied SASRec where repeats are rare: the last item's own vector stands in the state that its score is taken from.
/// </summary>
/// <param name="inner">The ranker whose lists are cut.</param>
/// <param name="itemCount">Items in the catalogue.</param>
public sealed class UnseenItemRanker(IItemRanker inner, int itemCount) : IItemRanker
{
    /// <inheritdoc/>
    public string Name => $"{inner.Name}, unseen items";

    /// <inheritdoc/>
    /// <remarks>The count is at most the catalogue's size less the different items of any history.</remarks>
    public IReadOnlyList<IReadOnlyList<int>> Rank(
        IReadOnlyList<NextItemExample> rows, int count, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        HistoryRanking.Check(rows, count, itemCount);
        var seen = rows.Select(row => row.History.ToHashSet()).ToArray();
        var mostSeen = seen.Max(items => (int?)items.Count) ?? 0;
        if (count > itemCount - mostSeen)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"a history has {mostSeen} of the {itemCount} items, so at most {itemCount - mostSeen} can be ranked");
        var ranked = inner.Rank(rows, count + mostSeen, progress, cancellation);
        return ranked.Select((items, row) => items.Where(item => !seen[row].Contains(item)).Take(count).ToArray()).ToArray();
    }
}
