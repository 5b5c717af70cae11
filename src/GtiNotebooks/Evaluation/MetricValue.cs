namespace GtiNotebooks.Evaluation;

/// <summary>One metric at one cutoff, averaged over the test rows.</summary>
/// <param name="Name">A name of <see cref="RankingMetrics.Names"/> or of <see cref="GradedMetrics.Names"/>.</param>
/// <param name="K">The cutoff: only the first <paramref name="K"/> items of a list count. At least 1.</param>
/// <param name="Value">The mean over the rows, in [0, 1].</param>
public sealed record MetricValue(string Name, int K, double Value)
{
    /// <summary>The share of a row's relevant items that are among the first K. With one relevant item: 1 where it is, else 0.</summary>
    public const string Recall = "Recall";

    /// <summary>
    /// Discounted gain of the list over that of the ideal list, both cut at K; position i counts 1 / log2(i + 1). With one relevant item a
    /// row, 1 / log2(rank + 1) and 0 where the rank is beyond K.
    /// </summary>
    public const string Ndcg = "NDCG";

    /// <summary>The share of the first K places that hold relevant items. The divisor is K, also where a list is shorter.</summary>
    public const string Precision = "Precision";

    /// <summary>1 for a row with at least one relevant item among the first K, else 0. With one relevant item a row it equals <see cref="Recall"/>.</summary>
    public const string HitRate = "HitRate";

    /// <summary>Mean reciprocal rank: 1 / rank of the row's first relevant item, 0 where it is beyond K.</summary>
    public const string Mrr = "MRR";

    /// <summary>
    /// Mean average precision: the precision at each relevant item among the first K, added up and divided by min(K, relevant items), so that
    /// the best list scores 1 at every K (dividing by all relevant items instead, as TREC does, would not). With one relevant item a row it
    /// equals <see cref="Mrr"/>.
    /// </summary>
    public const string Map = "MAP";
}
