using GtiNotebooks.Data;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Training;

/// <summary>What leaves this program to be trained elsewhere.</summary>
/// <param name="Extension">The extended model, its tokenizer and the Semantic IDs.</param>
/// <param name="Dataset">Items and histories.</param>
/// <param name="Split">Which of the histories may be trained on; validation rows go into a file of their own, test rows stay here.</param>
/// <param name="Encoder">Lays prompts out, with the extended tokenizer.</param>
/// <param name="Seed">Seed of the order of the prompts.</param>
public sealed record ExportContent(VocabularyExtension Extension, Dataset Dataset, Split Split, PromptEncoder Encoder, int Seed)
{
    /// <summary>Folder of the checkpoint the model was made from, whose other files are kept; null: none.</summary>
    public string? Source { get; init; }

    /// <summary>What gave the new rows their values, such as the name of an initialiser; for the notes.</summary>
    public string Start { get; init; } = "unknown";

    /// <summary>Every item in each of the six kinds of pairs of text and ID that its texts allow.</summary>
    internal IEnumerable<EncodedPrompt> Grounding()
    {
        var prompts = new GroundingPrompts(Dataset.Catalogue, Extension.Ids, Encoder, Seed);
        return Once(prompts, prompts.Count);
    }

    /// <summary>Every training pair, the paraphrases in turn.</summary>
    internal IEnumerable<EncodedPrompt> FineTuning() => Once(new NextItemPrompts(Split.Train, Extension.Ids, Encoder, Seed), Split.Train.Count);

    /// <summary>Every validation row, in the wording in which rows are asked.</summary>
    internal IEnumerable<EncodedPrompt> Validation() => Split.Validation.Select(row =>
        Encoder.NextItem(0, [.. row.History.Select(Extension.Ids.TextOf)], Extension.Ids.TextOf(row.Target)));

    // One example at a time, so that a large corpus is never in memory.
    private static IEnumerable<EncodedPrompt> Once(IExampleSource prompts, int count) =>
        Enumerable.Range(0, count).Select(step => prompts.Batch(step, 1)[0]);
}
