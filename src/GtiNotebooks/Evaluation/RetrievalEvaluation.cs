using GtiNotebooks.Data;
using GtiNotebooks.Retrieval;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Evaluation;

/// <summary>How well an extended model finds the items that came next.</summary>
/// <param name="Targets">Where each row's target came out, in the order of the rows.</param>
/// <param name="Metrics">Recall and NDCG with item-level credit, at the usual cutoffs up to the beam's width.</param>
public sealed record RetrievalEvaluation(IReadOnlyList<RankedTarget> Targets, IReadOnlyList<MetricValue> Metrics)
{
    /// <summary>Asks the model for every row and finds the targets in its lists.</summary>
    /// <param name="extension">The model.</param>
    /// <param name="encoder">The encoder it was fine-tuned with.</param>
    /// <param name="rows">The questions; at least one.</param>
    /// <param name="beamWidth">Semantic IDs kept; at least 5, and metrics reach no further.</param>
    /// <param name="progress">Told the number of rows done.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <exception cref="ArgumentException">There are no rows, or the beam is narrower than the first cutoff.</exception>
    public static RetrievalEvaluation Run(
        VocabularyExtension extension, PromptEncoder encoder, IReadOnlyList<NextItemExample> rows, int beamWidth,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(beamWidth, RankingMetrics.DefaultCutoffs[0]);
        var retriever = new ItemRetriever(extension, row => NextItemPrompts.Query(encoder, extension.Ids, row.History), beamWidth);
        var found = retriever.Retrieve(rows, progress, cancellation);
        var sharing = GroupSizes(extension.Ids);
        RankedTarget[] targets = [.. found.Zip(rows, (list, row) =>
            ItemCredit.Rank([.. list.Select(hypothesis => hypothesis.Items)], row.Target, sharing.GetValueOrDefault(row.Target, 1)))];
        return new RetrievalEvaluation(targets, RankingMetrics.FromTargets(targets, [.. RankingMetrics.DefaultCutoffs.Where(k => k <= beamWidth)]));
    }

    private static Dictionary<int, int> GroupSizes(SemanticIdMap ids) =>
        ids.Collisions.SelectMany(group => group.Select(item => (item, group.Count))).ToDictionary(pair => pair.item, pair => pair.Count);
}
