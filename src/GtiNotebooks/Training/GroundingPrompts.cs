using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;

namespace GtiNotebooks.Training;

/// <summary>The grounding corpus: every item in every one of the six text-and-ID prompt kinds that its texts allow, in shuffled passes.</summary>
public sealed class GroundingPrompts : IExampleSource
{
    private readonly Catalogue catalogue;
    private readonly SemanticIdMap ids;
    private readonly PromptEncoder encoder;
    private readonly (int Item, GroundingKind Kind)[] pairs;
    private readonly EpochSampler sampler;

    /// <summary>Lists the pairs; each is encoded when it is drawn.</summary>
    /// <param name="catalogue">The items.</param>
    /// <param name="ids">Their Semantic IDs.</param>
    /// <param name="encoder">Encodes with the extended tokenizer.</param>
    /// <param name="seed">Seed of the order.</param>
    public GroundingPrompts(Catalogue catalogue, SemanticIdMap ids, PromptEncoder encoder, int seed)
    {
        (this.catalogue, this.ids, this.encoder) = (catalogue, ids, encoder);
        pairs = Enumerable.Range(0, catalogue.Count)
            .SelectMany(item => PromptTemplates.KindsFor(catalogue[item].Title, catalogue[item].Description).Select(kind => (item, kind)))
            .ToArray();
        sampler = new EpochSampler(pairs.Length, seed);
    }

    /// <summary>Pairs of text and ID in one pass.</summary>
    public int Count => pairs.Length;

    /// <inheritdoc/>
    public IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize) => sampler.Batch(step, batchSize).Select(i =>
    {
        var (item, kind) = pairs[i];
        return encoder.Grounding(kind, catalogue[item].Title, catalogue[item].Description, ids.TextOf(item));
    }).ToArray();
}
