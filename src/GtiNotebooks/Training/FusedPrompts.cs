using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;

namespace GtiNotebooks.Training;

/// <summary>
/// The training pairs as <see cref="FusedTask"/> prompts, in shuffled passes: LC-Rec's option for multi-task fine-tuning, to be mixed in with
/// <see cref="MultitaskPrompts"/>. A pair whose target has no description is left out of the task that asks for it.
/// </summary>
public sealed class FusedPrompts : IExampleSource
{
    private readonly Catalogue catalogue;
    private readonly IReadOnlyList<NextItemExample> pairs;
    private readonly SemanticIdMap ids;
    private readonly PromptEncoder encoder;
    private readonly (int Pair, FusedTask Task)[] examples;
    private readonly EpochSampler sampler;

    /// <summary>Lists the examples; each is encoded when it is drawn.</summary>
    /// <param name="catalogue">The items.</param>
    /// <param name="pairs">The training pairs.</param>
    /// <param name="ids">Semantic IDs of the items.</param>
    /// <param name="encoder">Encodes with the extended tokenizer.</param>
    /// <param name="tasks">Which tasks, each at most once.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <exception cref="ArgumentException">No task is named, or one twice, or there is no pair for them.</exception>
    public FusedPrompts(
        Catalogue catalogue, IReadOnlyList<NextItemExample> pairs, SemanticIdMap ids, PromptEncoder encoder, IReadOnlyList<FusedTask> tasks, int seed)
    {
        (this.catalogue, this.pairs, this.ids, this.encoder) = (catalogue, pairs, ids, encoder);
        if (tasks.Count == 0 || tasks.Distinct().Count() < tasks.Count)
            throw new ArgumentException("Name at least one task, each once", nameof(tasks));
        examples = [.. Enumerable.Range(0, pairs.Count).SelectMany(pair => tasks.Where(task => HasTexts(pairs[pair], task)).Select(task => (pair, task)))];
        if (examples.Length == 0)
            throw new ArgumentException($"No training pair is fit for {string.Join(", ", tasks)}", nameof(pairs));
        sampler = new EpochSampler(examples.Length, seed);
    }

    /// <summary>Examples in one pass.</summary>
    public int Count => examples.Length;

    /// <inheritdoc/>
    public IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize) =>
        [.. sampler.Batch(step, batchSize).Select(i => Encode(pairs[examples[i].Pair], examples[i].Task))];

    private EncodedPrompt Encode(NextItemExample pair, FusedTask task) => task switch
    {
        FusedTask.NextTitle => encoder.Fused(task, Ids(pair), catalogue[pair.Target].Title),
        FusedTask.NextDescription => encoder.Fused(task, Ids(pair), catalogue[pair.Target].Description),
        _ => encoder.Fused(task, [.. pair.History.Select(item => catalogue[item].Title)], ids.TextOf(pair.Target)),
    };

    private string[] Ids(NextItemExample pair) => [.. pair.History.Select(ids.TextOf)];

    // Every item has a title.
    private bool HasTexts(NextItemExample pair, FusedTask task) =>
        task != FusedTask.NextDescription || !string.IsNullOrWhiteSpace(catalogue[pair.Target].Description);
}
