namespace GtiNotebooks.Evaluation;

/// <summary>One metric at one cutoff, averaged over the test rows.</summary>
/// <param name="Name"><see cref="Recall"/> or <see cref="Ndcg"/>.</param>
/// <param name="K">The cutoff: only the first <paramref name="K"/> items of a list count. At least 1.</param>
/// <param name="Value">The mean over the rows, in [0, 1].</param>
public sealed record MetricValue(string Name, int K, double Value)
{
    /// <summary>The share of rows whose target is among the first K items.</summary>
    public const string Recall = "Recall";

    /// <summary>The mean of 1 / log2(rank + 1) over the rows, 0 where the rank is beyond K (one relevant item a row, so the ideal gain is 1).</summary>
    public const string Ndcg = "NDCG";
}
