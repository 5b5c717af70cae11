using GtiNotebooks.Data;
using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Retrieval;

/// <summary>Ranks the catalogue for next-item questions: prompt, constrained beam search, items.</summary>
/// <param name="extension">The extended model.</param>
/// <param name="query">Token ids of a row's prompt, without the answer.</param>
/// <param name="beamWidth">Semantic IDs kept; at least the largest cutoff of interest.</param>
public sealed class ItemRetriever(VocabularyExtension extension, Func<NextItemExample, int[]> query, int beamWidth)
{
    private const int PromptsAtOnce = 32;

    private readonly ConstrainedBeamSearch search = new(
        extension.Model,
        PrefixTrie.Build(Enumerable.Range(0, extension.Ids.ItemCount)
            .Select(item => (IReadOnlyList<int>)extension.Ids.TokensOf(item).Select(t => extension.TokenIds[t]).ToArray()).ToArray()),
        beamWidth);

    /// <summary>Retrieves for every row.</summary>
    /// <param name="rows">The questions; their targets are not looked at.</param>
    /// <param name="progress">Told the number of rows done.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <returns>For each row its hypotheses, the most probable first.</returns>
    public IReadOnlyList<IReadOnlyList<BeamHypothesis>> Retrieve(
        IReadOnlyList<NextItemExample> rows, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var found = new IReadOnlyList<BeamHypothesis>[rows.Count];
        var encoded = rows.Select(query).ToArray();
        var done = 0;
        // Prompts of one length run together: no padding, hence no mask, and results do not depend on the company.
        foreach (var batch in Enumerable.Range(0, rows.Count).GroupBy(row => encoded[row].Length).SelectMany(g => g.Chunk(PromptsAtOnce)))
        {
            cancellation.ThrowIfCancellationRequested();
            var hypotheses = search.Search(batch.Select(row => (IReadOnlyList<int>)encoded[row]).ToArray());
            for (var i = 0; i < batch.Length; i++)
                found[batch[i]] = hypotheses[i];
            progress?.Report(done += batch.Length);
        }

        return found;
    }
}
