namespace GtiNotebooks.Evaluation;

/// <summary>
/// One metric at one cutoff under both conventions, for the same retrieved lists of IDs: what an item guess earns and what published code
/// would report. They agree where every item has an ID of its own; otherwise string match is the higher.
/// </summary>
/// <param name="Name">The metric, one of <see cref="RankingMetrics.Names"/>.</param>
/// <param name="K">The cutoff: K items for item-level credit, K IDs (with all their items) for string match.</param>
/// <param name="ItemLevel">The mean over the rows with <see cref="ItemCredit"/>.</param>
/// <param name="StringMatch">The mean over the rows with <see cref="Evaluation.StringMatch"/>.</param>
public sealed record CreditComparison(string Name, int K, double ItemLevel, double StringMatch)
{
    /// <summary>Counts the same lists both ways.</summary>
    /// <param name="retrieved">For each row its IDs, best first, each as the items that have it (no item in two of a row's entries). At least
    /// one row; at least as many IDs as the largest cutoff, or the metric speaks of shorter lists.</param>
    /// <param name="targets">Each row's relevant item.</param>
    /// <param name="metrics">The metrics wanted, of <see cref="RankingMetrics.Names"/>.</param>
    /// <param name="cutoffs">The cutoffs, each at least 1.</param>
    /// <returns>The first metric at every cutoff in the given order, then the next likewise.</returns>
    /// <exception cref="ArgumentException">No rows, rows and targets differ in number, an unknown metric, or a cutoff below 1.</exception>
    public static IReadOnlyList<CreditComparison> Of(
        IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> retrieved, IReadOnlyList<int> targets,
        IReadOnlyList<string> metrics, IReadOnlyList<int> cutoffs)
    {
        ArgumentNullException.ThrowIfNull(retrieved);
        ArgumentNullException.ThrowIfNull(targets);
        if (retrieved.Count != targets.Count)
        {
            throw new ArgumentException($"There are {retrieved.Count} lists but {targets.Count} targets; each row has one of both.", nameof(targets));
        }
        // A missed target earns nothing either way, however many items share its ID: the group sizes of missed targets are not needed.
        var byItem = RankingMetrics.FromTargets(
            [.. retrieved.Zip(targets, (ids, target) => ItemCredit.Rank(ids, target))], metrics, cutoffs);
        var byString = RankingMetrics.FromRanks(
            [.. retrieved.Zip(targets, Evaluation.StringMatch.Rank)], metrics, cutoffs);
        return [.. byItem.Zip(byString, (item, text) => new CreditComparison(item.Name, item.K, item.Value, text.Value))];
    }
}
