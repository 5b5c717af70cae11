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
    private readonly (Pair[] Pairs, EpochSampler Sampler)[] directions; // text to ID before ID to text, or all pairs in one
    private readonly double firstShare;

    /// <summary>Lists the pairs of both directions, which are drawn as often as there are pairs of them; each is encoded when it is drawn.</summary>
    /// <param name="catalogue">The items.</param>
    /// <param name="ids">Their Semantic IDs.</param>
    /// <param name="encoder">Encodes with the extended tokenizer.</param>
    /// <param name="seed">Seed of the order.</param>
    public GroundingPrompts(Catalogue catalogue, SemanticIdMap ids, PromptEncoder encoder, int seed)
    {
        (this.catalogue, this.ids, this.encoder, firstShare) = (catalogue, ids, encoder, 1);
        directions = [Sampled(PairsOf(catalogue), seed)];
    }

    /// <summary>The same with a mixing ratio: each direction goes through its pairs at a pace of its own.</summary>
    /// <param name="catalogue">The items.</param>
    /// <param name="ids">Their Semantic IDs.</param>
    /// <param name="encoder">Encodes with the extended tokenizer.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <param name="textToIdShare">Share of the examples that give a text and ask for the ID, from 0 to 1; the others give the ID. Batches keep to it as nearly as whole examples can.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public GroundingPrompts(Catalogue catalogue, SemanticIdMap ids, PromptEncoder encoder, int seed, double textToIdShare)
    {
        if (!(textToIdShare is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(textToIdShare), textToIdShare, "The share must be from 0 to 1");
        (this.catalogue, this.ids, this.encoder, firstShare) = (catalogue, ids, encoder, textToIdShare);
        directions = [.. PairsOf(catalogue).GroupBy(pair => pair.Kind.AsksForId()).OrderByDescending(direction => direction.Key)
            .Select(direction => Sampled([.. direction], seed))];
    }

    /// <summary>Pairs of text and ID in one pass over both directions.</summary>
    public int Count => directions.Sum(direction => direction.Pairs.Length);

    /// <inheritdoc/>
    public IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize)
    {
        var first = FirstOf((step + 1L) * batchSize) - FirstOf((long)step * batchSize);
        return [.. Drawn(0, FirstOf((long)step * batchSize), first), .. Drawn(1, (long)step * batchSize - FirstOf((long)step * batchSize), batchSize - first)];
    }

    // Of the first so many examples; what each batch has of them follows, so that rounding does not add up.
    private long FirstOf(long examples) => (long)Math.Floor(examples * firstShare + 1e-9);

    private IEnumerable<EncodedPrompt> Drawn(int direction, long from, long count) => count == 0 ? [] :
        directions[direction].Sampler.Range(from, (int)count).Select(i => Encode(directions[direction].Pairs[i]));

    private EncodedPrompt Encode(Pair pair) =>
        encoder.Grounding(pair.Kind, catalogue[pair.Item].Title, catalogue[pair.Item].Description, ids.TextOf(pair.Item));

    private static Pair[] PairsOf(Catalogue catalogue) =>
    [
        .. Enumerable.Range(0, catalogue.Count)
            .SelectMany(item => PromptTemplates.KindsFor(catalogue[item].Title, catalogue[item].Description).Select(kind => new Pair(item, kind))),
    ];

    private static (Pair[] Pairs, EpochSampler Sampler) Sampled(Pair[] pairs, int seed) => (pairs, new EpochSampler(pairs.Length, seed));

    private readonly record struct Pair(int Item, GroundingKind Kind);
}
