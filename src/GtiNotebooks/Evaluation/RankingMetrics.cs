namespace GtiNotebooks.Evaluation;

/// <summary>
/// Metrics for rows with one relevant item each, averaged over the rows. With one relevant item the ideal list has it first, with gain
/// 1 / log2(2) = 1, so NDCG@K of a row is 1 / log2(rank + 1) when the rank is at most K, and 0 otherwise; HitRate@K is Recall@K; MAP@K is
/// MRR@K; Precision@K is Recall@K / K. They are there under their own names so that tables can be compared with published ones.
/// Rows with several or graded relevant items: <see cref="GradedMetrics"/>.
/// </summary>
public static class RankingMetrics
{
    /// <summary>The cutoffs of the GTI paper: 5, 10, 20, 50, 100.</summary>
    public static IReadOnlyList<int> DefaultCutoffs { get; } = Array.AsReadOnly([5, 10, 20, 50, 100]);

    /// <summary>The metrics of <see cref="RowValues"/>: Recall, NDCG, Precision, HitRate, MRR, MAP.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.AsReadOnly(
        [MetricValue.Recall, MetricValue.Ndcg, MetricValue.Precision, MetricValue.HitRate, MetricValue.Mrr, MetricValue.Map]);

    private static readonly string[] RecallAndNdcg = [MetricValue.Recall, MetricValue.Ndcg];

    /// <summary>Recall and NDCG of plain ranks: every item has an ID of its own, or <see cref="StringMatch"/> is the convention wanted.</summary>
    /// <param name="ranks">1-based rank of each row's target; 0 = not in the list. At least one row.</param>
    /// <param name="cutoffs">The cutoffs, each at least 1.</param>
    /// <returns>Recall at every cutoff in the given order, then NDCG likewise.</returns>
    /// <exception cref="ArgumentException">No rows, a negative rank, or a cutoff below 1.</exception>
    public static IReadOnlyList<MetricValue> FromRanks(IReadOnlyList<int> ranks, IReadOnlyList<int> cutoffs) =>
        FromRanks(ranks, RecallAndNdcg, cutoffs);

    /// <summary>Recall and NDCG of plain ranks at <see cref="DefaultCutoffs"/>.</summary>
    /// <param name="ranks">1-based rank of each row's target; 0 = not in the list. At least one row.</param>
    public static IReadOnlyList<MetricValue> FromRanks(IReadOnlyList<int> ranks) => FromRanks(ranks, DefaultCutoffs);

    /// <summary>Chosen metrics of plain ranks.</summary>
    /// <param name="ranks">1-based rank of each row's target; 0 = not in the list. At least one row.</param>
    /// <param name="metrics">The metrics wanted, of <see cref="Names"/>.</param>
    /// <param name="cutoffs">The cutoffs, each at least 1.</param>
    /// <returns>The first metric at every cutoff in the given order, then the next likewise.</returns>
    /// <exception cref="ArgumentException">No rows, a negative rank, an unknown metric, or a cutoff below 1.</exception>
    public static IReadOnlyList<MetricValue> FromRanks(
        IReadOnlyList<int> ranks, IReadOnlyList<string> metrics, IReadOnlyList<int> cutoffs)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        return FromTargets([.. ranks.Select(RankedTarget.Alone)], metrics, cutoffs);
    }

    /// <summary>Recall and NDCG with item-level credit: where items share an ID, the expected value over the order of those items.</summary>
    /// <param name="targets">Where each row's target came out. At least one row.</param>
    /// <param name="cutoffs">The cutoffs, each at least 1.</param>
    /// <returns>Recall at every cutoff in the given order, then NDCG likewise.</returns>
    /// <exception cref="ArgumentException">No rows, an impossible rank or group size, or a cutoff below 1.</exception>
    public static IReadOnlyList<MetricValue> FromTargets(IReadOnlyList<RankedTarget> targets, IReadOnlyList<int> cutoffs) =>
        FromTargets(targets, RecallAndNdcg, cutoffs);

    /// <summary>Chosen metrics with item-level credit: where items share an ID, the expected value over the order of those items.</summary>
    /// <param name="targets">Where each row's target came out. At least one row.</param>
    /// <param name="metrics">The metrics wanted, of <see cref="Names"/>.</param>
    /// <param name="cutoffs">The cutoffs, each at least 1.</param>
    /// <returns>The first metric at every cutoff in the given order, then the next likewise.</returns>
    /// <exception cref="ArgumentException">No rows, an impossible rank or group size, an unknown metric, or a cutoff below 1.</exception>
    public static IReadOnlyList<MetricValue> FromTargets(
        IReadOnlyList<RankedTarget> targets, IReadOnlyList<string> metrics, IReadOnlyList<int> cutoffs)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(cutoffs);
        if (targets.Count == 0)
        {
            throw new ArgumentException("A mean over no rows is not defined.", nameof(targets));
        }
        return [.. metrics.SelectMany(name => cutoffs.Select(k => new MetricValue(name, k, RowValues(targets, name, k).Average())))];
    }

    /// <summary>Item-level Recall and NDCG at <see cref="DefaultCutoffs"/>.</summary>
    /// <param name="targets">Where each row's target came out. At least one row.</param>
    public static IReadOnlyList<MetricValue> FromTargets(IReadOnlyList<RankedTarget> targets) => FromTargets(targets, DefaultCutoffs);

    /// <summary>The metric of each row by itself, for resampling and paired tests.</summary>
    /// <param name="targets">Where each row's target came out.</param>
    /// <param name="metric">One of <see cref="Names"/>.</param>
    /// <param name="k">The cutoff, at least 1.</param>
    /// <returns>One value in [0, 1] a row.</returns>
    /// <exception cref="ArgumentException">The metric is unknown.</exception>
    public static double[] RowValues(IReadOnlyList<RankedTarget> targets, string metric, int k)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Func<RankedTarget, int, double> value = metric switch
        {
            MetricValue.Recall or MetricValue.HitRate => ExpectedRecallAt,
            MetricValue.Ndcg => ExpectedNdcgAt,
            MetricValue.Precision => ExpectedPrecisionAt,
            MetricValue.Mrr or MetricValue.Map => ExpectedReciprocalRankAt,
            _ => throw new ArgumentException($"'{metric}' is not a metric; known are {string.Join(", ", Names)}.", nameof(metric)),
        };
        return [.. targets.Select(target => value(target, k))];
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
    public static double ExpectedNdcgAt(RankedTarget target, int k) => MeanOverGroup(target, k, rank => 1 / Math.Log2(rank + 1));

    /// <summary>Expected precision at <paramref name="k"/>: the one relevant item fills one of k places, so recall / k.</summary>
    /// <param name="target">Where the target came out.</param>
    /// <param name="k">The cutoff, at least 1.</param>
    /// <returns>In [0, 1 / k].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cutoff is below 1, the rank negative, or the group empty.</exception>
    public static double ExpectedPrecisionAt(RankedTarget target, int k) => ExpectedRecallAt(target, k) / k;

    /// <summary>
    /// Expected reciprocal rank cut at <paramref name="k"/>, over the order of the group's items: the mean of 1 / position, 0 beyond k. (Not
    /// 1 / expected rank, which is smaller.)
    /// </summary>
    /// <param name="target">Where the target came out.</param>
    /// <param name="k">The cutoff, at least 1.</param>
    /// <returns>In [0, 1]; never above <see cref="ExpectedNdcgAt"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cutoff is below 1, the rank negative, or the group empty.</exception>
    public static double ExpectedReciprocalRankAt(RankedTarget target, int k) => MeanOverGroup(target, k, rank => 1 / rank);

    // The gain of each of the group's positions up to k, summed, over all of its positions.
    private static double MeanOverGroup(RankedTarget target, int k, Func<double, double> gainAtRank)
    {
        var gain = 0.0;
        var positions = PositionsWithin(target, k);
        for (var i = 0; i < positions; i++)
        {
            gain += gainAtRank((double)target.FirstRank + i);
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
