namespace GtiNotebooks.Evaluation;

/// <summary>
/// Metrics for queries with several relevant items in grades, averaged over the queries: those of the industrial experiment of
/// arXiv 2604.02324 (Precision@K for "good" and for "good or maybe", composite NDCG@K) and the usual others.
/// </summary>
/// <remarks>
/// All but NDCG see relevant items and others only; <c>atLeast</c> draws the line. A query without relevant items scores 0 in all of them: it
/// lowers every method's mean alike. <see cref="GradedQuery.RelevantCount"/> tells such queries, for whoever wants to leave them out.
/// </remarks>
public static class GradedMetrics
{
    private static readonly string[] BinaryNames =
        [MetricValue.Precision, MetricValue.Recall, MetricValue.HitRate, MetricValue.Mrr, MetricValue.Map];

    /// <summary>The name of NDCG over graded gains, "NDCG (graded)".</summary>
    public const string GradedNdcg = MetricValue.Ndcg + " (graded)";

    /// <summary>
    /// What <see cref="FromQueries"/> gives: Precision, Recall, HitRate, MRR and MAP, each "(good)" and "(good or maybe)"; then
    /// <see cref="GradedNdcg"/>.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = Array.AsReadOnly(
    [
        .. BinaryNames.SelectMany(metric => new[] { Name(metric, Relevance.Good), Name(metric, Relevance.Maybe) }), GradedNdcg,
    ]);

    /// <summary>A metric's name with its line, such as "Precision (good or maybe)".</summary>
    /// <param name="metric">A name of <see cref="MetricValue"/>.</param>
    /// <param name="atLeast"><see cref="Relevance.Good"/> or <see cref="Relevance.Maybe"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The line is <see cref="Relevance.No"/>: everything would be relevant.</exception>
    public static string Name(string metric, Relevance atLeast) => atLeast switch
    {
        Relevance.Good => $"{metric} (good)",
        Relevance.Maybe => $"{metric} (good or maybe)",
        _ => throw BadLine(atLeast),
    };

    /// <summary>All metrics of <see cref="Names"/>.</summary>
    /// <param name="queries">The queries; at least one.</param>
    /// <param name="cutoffs">The cutoffs, each at least 1.</param>
    /// <param name="gains">What each grade is worth in NDCG; <see cref="GradedGains.Linear"/> unless told.</param>
    /// <returns>The first metric at every cutoff in the given order, then the next likewise, in the order of <see cref="Names"/>.</returns>
    /// <exception cref="ArgumentException">No queries, or a cutoff below 1.</exception>
    public static IReadOnlyList<MetricValue> FromQueries(
        IReadOnlyList<GradedQuery> queries, IReadOnlyList<int> cutoffs, GradedGains? gains = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(cutoffs);
        if (queries.Count == 0)
        {
            throw new ArgumentException("A mean over no queries is not defined.", nameof(queries));
        }
        return
        [
            .. from metric in BinaryNames
               from atLeast in new[] { Relevance.Good, Relevance.Maybe }
               from k in cutoffs
               select new MetricValue(Name(metric, atLeast), k, RowValues(queries, metric, atLeast, k).Average()),
            .. cutoffs.Select(k => new MetricValue(GradedNdcg, k, NdcgRowValues(queries, k, gains ?? GradedGains.Linear).Average())),
        ];
    }

    /// <summary>A metric of relevant-or-not of each query by itself, for resampling and paired tests.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="metric">Precision, Recall, HitRate, MRR or MAP, as <see cref="MetricValue"/> names and defines them.</param>
    /// <param name="atLeast">The lowest grade that counts as relevant: <see cref="Relevance.Good"/> or <see cref="Relevance.Maybe"/>.</param>
    /// <param name="k">The cutoff, at least 1.</param>
    /// <returns>One value in [0, 1] a query.</returns>
    /// <exception cref="ArgumentException">The metric is unknown, the line is <see cref="Relevance.No"/>, or the cutoff is below 1.</exception>
    public static double[] RowValues(IReadOnlyList<GradedQuery> queries, string metric, Relevance atLeast, int k)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (atLeast is not (Relevance.Good or Relevance.Maybe))
        {
            throw BadLine(atLeast);
        }
        Func<RelevantRanks, int, double> value = metric switch
        {
            MetricValue.Precision => static (found, k) => (double)found.Within(k) / k,
            MetricValue.Recall => static (found, k) => found.Total == 0 ? 0 : (double)found.Within(k) / found.Total,
            MetricValue.HitRate => static (found, k) => found.Within(k) > 0 ? 1 : 0,
            MetricValue.Mrr => static (found, k) => found.Within(k) > 0 ? 1.0 / found.Ranks[0] : 0,
            MetricValue.Map => AveragePrecision,
            _ => throw new ArgumentException(
                $"'{metric}' is not a metric of relevant or not; known are {string.Join(", ", BinaryNames)} (and {nameof(NdcgRowValues)}).", nameof(metric)),
        };
        return [.. queries.Select(query => value(RelevantRanks.Of(query, atLeast), k))];
    }

    /// <summary>
    /// Composite NDCG of each query: discounted gain of the first <paramref name="k"/> items over that of the best list the judgements allow,
    /// of all judged items, retrieved or not, also cut at k. Position i counts 1 / log2(i + 1).
    /// </summary>
    /// <param name="queries">The queries.</param>
    /// <param name="k">The cutoff, at least 1.</param>
    /// <param name="gains">What each grade is worth.</param>
    /// <returns>One value in [0, 1] a query; 0 where no judged item is worth anything.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cutoff is below 1.</exception>
    public static double[] NdcgRowValues(IReadOnlyList<GradedQuery> queries, int k, GradedGains gains)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(gains);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return
        [
            .. queries.Select(query =>
            {
                var ideal = DiscountedGain(query.Judgements.Values.Select(gains.Of).OrderDescending(), k);
                return ideal == 0 ? 0 : DiscountedGain(query.Retrieved.Select(item => gains.Of(query.GradeOf(item))), k) / ideal;
            }),
        ];
    }

    private static double DiscountedGain(IEnumerable<double> gains, int k) =>
        gains.Take(k).Select((gain, i) => gain / Math.Log2(i + 2)).Sum();

    // The i-th relevant item (1-based) at rank r has precision i / r there.
    private static double AveragePrecision(RelevantRanks found, int k)
    {
        var sum = 0.0;
        var within = found.Within(k);
        for (var i = 0; i < within; i++)
        {
            sum += (i + 1.0) / found.Ranks[i];
        }
        return within == 0 ? 0 : sum / Math.Min(k, found.Total);
    }

    private static ArgumentOutOfRangeException BadLine(Relevance atLeast) =>
        new(nameof(atLeast), atLeast, $"The lowest grade that counts is {Relevance.Maybe} or {Relevance.Good}.");

    // The 1-based ranks of the retrieved relevant items, ascending, and how many relevant items there are, retrieved or not.
    private readonly record struct RelevantRanks(int[] Ranks, int Total)
    {
        public static RelevantRanks Of(GradedQuery query, Relevance atLeast) => new(
            [.. Enumerable.Range(1, query.Retrieved.Count).Where(rank => query.GradeOf(query.Retrieved[rank - 1]) >= atLeast)],
            query.RelevantCount(atLeast));

        public int Within(int k) => Ranks.Count(rank => rank <= k);
    }
}
