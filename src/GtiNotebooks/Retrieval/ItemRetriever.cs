using GtiNotebooks.Data;
using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Retrieval;

/// <summary>Ranks the catalogue for next-item questions: prompt, constrained beam search, items.</summary>
/// <param name="extension">The extended model.</param>
/// <param name="query">Token ids of a row's prompt, without the answer.</param>
/// <param name="beamWidth">Semantic IDs kept; at least the largest cutoff of interest.</param>
/// <param name="normalisation">What a token's probability is a share of.</param>
public sealed class ItemRetriever(
    VocabularyExtension extension, Func<NextItemExample, int[]> query, int beamWidth,
    ScoreNormalisation normalisation = ScoreNormalisation.FullVocabulary)
{
    private readonly ConstrainedBeamSearch search = new(extension.Model, PrefixTrie.Build(extension), beamWidth, normalisation);

    /// <summary>Retrieves as many IDs as the beam is wide for every row; see <see cref="Retrieve(IReadOnlyList{NextItemExample}, int, IProgress{int}?, CancellationToken)"/>.</summary>
    /// <param name="rows">The questions; their targets are not looked at.</param>
    /// <param name="progress">Told the number of rows done.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <returns>For each row its hypotheses, the most probable first.</returns>
    public IReadOnlyList<IReadOnlyList<BeamHypothesis>> Retrieve(
        IReadOnlyList<NextItemExample> rows, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        Retrieve(rows, search.Width, progress, cancellation);

    /// <summary>Retrieves for every row.</summary>
    /// <param name="rows">The questions; their targets are not looked at.</param>
    /// <param name="count">How many IDs are wanted for each row; at most the beam's width.</param>
    /// <param name="progress">Told the number of rows done.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <returns>For each row its hypotheses, the most probable first: <paramref name="count"/>, or every ID where there are fewer. An ID
    /// stands for all items that share it.</returns>
    /// <exception cref="ArgumentException">More IDs are wanted than the beam is wide, or none.</exception>
    public IReadOnlyList<IReadOnlyList<BeamHypothesis>> Retrieve(
        IReadOnlyList<NextItemExample> rows, int count, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return search.Search([.. rows.Select(query)], count, progress, cancellation);
    }
}
