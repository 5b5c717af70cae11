namespace GtiNotebooks.Evaluation;

/// <summary>
/// Recall@K and NDCG@K for rows with one relevant item each, averaged over the rows. With one relevant item the ideal list has it first, with
/// gain 1 / log2(2) = 1, so NDCG@K of a row is 1 / log2(rank + 1) when the rank is at most K, and 0 otherwise.
/// </summary>
public static class RankingMetrics
{
    /// <summary>The cutoffs of the GTI paper: 5, 10, 20, 50, 100.</summary>
    public static IReadOnlyList<int> DefaultCutoffs { get; } = Array.AsReadOnly([5, 10, 20, 50, 100]);

    /// <summary>Metrics of plain ranks: every item has an ID of its own, or <see cref="StringMatch"/> is the convention wanted.</summary>
    /// <param name="ranks">1-based rank of each row's target; 0 = not in the list. At least one row.</param>
    /// <param name="cutoffs">The cutoffs, each at least 1.</param>
    /// <returns>Recall at every cutoff in the given order, then NDCG likewise.</returns>
    /// <exception cref="ArgumentException">No rows, a negative rank, or a cutoff below 1.</exception>
    public static IReadOnlyList<MetricValue> FromRanks(IReadOnlyList<int> ranks, IReadOnlyList<int> cutoffs)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        return FromTargets([.. ranks.Select(RankedTarget.Alone)], cutoffs);
    }

    /// <summary>Metrics of plain ranks at <see cref="DefaultCutoffs"/>.</summary>
    /// <param name="ranks">1-based rank of each row's target; 0 = not in the list. At least one row.</param>
    public static IReadOnlyList<MetricValue> FromRanks(IReadOnlyList<int> ranks) => FromRanks(ranks, DefaultCutoffs);

    /// <summary>Metrics with item-level credit: where items share an ID, the expected value over the order of those items.</summary>
    /// <param name="targets">Where each row's target came out. At least one row.</param>
    /// <param name="cutoffs">The cutoffs, each at least 1.</param>
    /// <returns>Recall at every cutoff in the given order, then NDCG likewise.</returns>
    /// <exception cref="ArgumentException">No rows, an impossible rank or group size, or a cutoff below 1.</exception>
    public static IReadOnlyList<MetricValue> FromTargets(IReadOnlyList<RankedTarget> targets, IReadOnlyList<int> cutoffs)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(cutoffs);
        if (targets.Count == 0)
        {
            throw new ArgumentException("A mean over no rows is not defined.", nameof(targets));
        }
        return
        [
            .. cutoffs.Select(k => new MetricValue(MetricValue.Recall, k, RowValues(targets, MetricValue.Recall, k).Average())),
            .. cutoffs.Select(k => new MetricValue(MetricValue.Ndcg, k, RowValues(targets, MetricValue.Ndcg, k).Average())),
        ];
    }

    /// <summary>Item-level metrics at <see cref="DefaultCutoffs"/>.</summary>
    /// <param name="targets">Where each row's target came out. At least one row.</param>
    public static IReadOnlyList<MetricValue> FromTargets(IReadOnlyList<RankedTarget> targets) => FromTargets(targets, DefaultCutoffs);

    /// <summary>The metric of each row by itself, for resampling and paired tests.</summary>
    /// <param name="targets">Where each row's target came out.</param>
    /// <param name="metric"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <param name="k">The cutoff, at least 1.</param>
    /// <returns>One value in [0, 1] a row.</returns>
    /// <exception cref="ArgumentException">The metric is unknown.</exception>
    public static double[] RowValues(IReadOnlyList<RankedTarget> targets, string metric, int k)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return metric switch
        {
            MetricValue.Recall => [.. targets.Select(target => ExpectedRecallAt(target, k))],
            MetricValue.Ndcg => [.. targets.Select(target => ExpectedNdcgAt(target, k))],
            _ => throw new ArgumentException($"'{metric}' is not a metric; known are {MetricValue.Recall} and {MetricValue.Ndcg}.", nameof(metric)),
        };
    }

    /// <summary>
    /// Chance that the target is among the first <paramref name="k"/> items when the items of its group come in any order, all orders equally
    /// likely: the share of the group's positions that are at most <paramref name="k"/>.
    /// </summary>
    /// <param name="target">Where the target came out.</param>
    /// <param name="k">The cutoff, at least 1.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cutoff is below 1, the rank negative, or the group empty.</exception>
    public static double ExpectedRecallAt(RankedTarget target, int k) => (double)PositionsWithin(target, k) / target.GroupSize;

    /// <summary>Expected NDCG at <paramref name="k"/> over the order of the group's items: the mean gain of the group's positions.</summary>
    /// <param name="target">Where the target came out.</param>
    /// <param name="k">The cutoff, at least 1.</param>
    /// <returns>In [0, 1]; never above <see cref="ExpectedRecallAt"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cutoff is below 1, the rank negative, or the group empty.</exception>
    public static double ExpectedNdcgAt(RankedTarget target, int k)
    {
        var gain = 0.0;
        var positions = PositionsWithin(target, k);
        for (var i = 0; i < positions; i++)
        {
            gain += 1 / Math.Log2((double)target.FirstRank + i + 1);
        }
        return gain / target.GroupSize;
    }

    // How many of the group's positions FirstRank .. FirstRank + GroupSize - 1 are at most k.
    private static int PositionsWithin(RankedTarget target, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(target.FirstRank, nameof(target.FirstRank));
        ArgumentOutOfRangeException.ThrowIfLessThan(target.GroupSize, 1, nameof(target.GroupSize));
        return target.IsRetrieved ? Math.Clamp(k - target.FirstRank + 1, 0, target.GroupSize) : 0;
    }
}
