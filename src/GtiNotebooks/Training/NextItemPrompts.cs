using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;

namespace GtiNotebooks.Training;

/// <summary>The fine-tuning corpus: histories of Semantic IDs and the ID that came next, in shuffled passes and changing paraphrases.</summary>
/// <param name="pairs">The training pairs.</param>
/// <param name="ids">Semantic IDs of the items.</param>
/// <param name="encoder">Encodes with the extended tokenizer.</param>
/// <param name="seed">Seed of the order.</param>
public sealed class NextItemPrompts(IReadOnlyList<NextItemExample> pairs, SemanticIdMap ids, PromptEncoder encoder, int seed) : IExampleSource
{
    private const int QueryParaphrase = 0;
    private readonly EpochSampler sampler = new(pairs.Count, seed);
    private readonly HashSet<NextItemExample> consumed = [];

    /// <summary>The pairs handed out so far: what training really saw, for the leakage check.</summary>
    public IReadOnlyCollection<NextItemExample> Consumed => consumed;

    /// <inheritdoc/>
    public IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize) =>
        sampler.Batch(step, batchSize).Select((i, slot) => Encode(pairs[i], step + slot)).ToArray();

    /// <summary>The prompt of a test row, without its answer.</summary>
    /// <param name="row">The row; its target is not looked at.</param>
    /// <returns>Token ids <c>[time]</c>.</returns>
    public int[] Query(NextItemExample row) => Query(encoder, ids, row.History);

    /// <summary>The prompt of a history, without its answer, as it is asked in testing and in use.</summary>
    /// <param name="encoder">Encodes with the extended tokenizer.</param>
    /// <param name="ids">Semantic IDs of the items.</param>
    /// <param name="history">Items, oldest first; at least one.</param>
    /// <returns>Token ids <c>[time]</c>.</returns>
    /// <exception cref="ArgumentException">The history is empty, or the prompt longer than the encoder's limit.</exception>
    public static int[] Query(PromptEncoder encoder, SemanticIdMap ids, IReadOnlyList<int> history) =>
        encoder.NextItemQuery(QueryParaphrase, [.. history.Select(ids.TextOf)]);

    private EncodedPrompt Encode(NextItemExample pair, int turn)
    {
        consumed.Add(pair);
        return encoder.NextItem(turn % encoder.NextItemCount, History(pair), ids.TextOf(pair.Target));
    }

    private string[] History(NextItemExample pair) => pair.History.Select(ids.TextOf).ToArray();
}
