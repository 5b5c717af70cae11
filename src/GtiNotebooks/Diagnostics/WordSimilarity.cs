using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>How well one measure of likeness tells related words from unrelated ones, by two kinds of unrelated pairs.</summary>
/// <param name="AgainstUniform">Against pairs drawn uniformly from all words.</param>
/// <param name="AgainstRepaired">
/// Against the words of the related pairs themselves, paired anew: the stricter test. Related words are frequent words, and rows of frequent
/// words share a direction whatever they mean; here both sides have the same words equally often.
/// </param>
public sealed record SimilarityContrast(AreaUnderCurve AgainstUniform, AreaUnderCurve AgainstRepaired);

/// <summary>How well the rows of a token table tell words in one relation from unrelated ones.</summary>
/// <param name="Pairs">Number of related pairs.</param>
/// <param name="Raw">By the cosine of the rows as they are.</param>
/// <param name="Centred">By the cosine of the rows less the mean row of all the words.</param>
public sealed record RelationSimilarity(int Pairs, SimilarityContrast Raw, SimilarityContrast Centred);

/// <summary>
/// Whether a model's token table knows which words are related: the area under the ROC curve of the cosine of their rows (the input rows where
/// the output head is separate), for WordNet's synonyms and siblings against unrelated pairs.
/// </summary>
/// <param name="Words">Words compared: all of <see cref="WordToken.AllOf"/>, in WordNet or not.</param>
/// <param name="MeanCosine">Mean raw cosine over all pairs of the words; far from 0 where all rows share a direction.</param>
/// <param name="Synonyms">Words of one synset; null where the words make no such pairs, or no unrelated ones.</param>
/// <param name="Siblings">Words under one hypernym; null as above.</param>
public sealed record WordSimilarity(int Words, double MeanCosine, RelationSimilarity? Synonyms, RelationSimilarity? Siblings)
{
    /// <summary>How often the words are drawn again for the intervals.</summary>
    public const int Resamples = 300;

    private const int PairsAtOnce = 8192;

    /// <summary>Measures the pretrained rows.</summary>
    /// <param name="pretrained">A model with a byte-level tokenizer; its vocabulary may be extended.</param>
    /// <param name="wordNetFolder">Folder of WordNet's data files, e.g. <see cref="WordNetCorpus.DebianFolder"/>.</param>
    /// <param name="seed">Seed of the unrelated pairs and of the intervals.</param>
    /// <exception cref="FileNotFoundException">A file of WordNet is missing; the message names it and the package that brings it.</exception>
    /// <exception cref="InvalidDataException">A line of WordNet's files is not in its format.</exception>
    /// <exception cref="ArgumentException">The tokenizer has fewer than two whole words, or the rows hold numbers that are not finite.</exception>
    public static WordSimilarity Measure(PretrainedModel pretrained, string wordNetFolder, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        var words = WordToken.AllOf(pretrained.Tokenizer);
        if (words.Count < 2)
            throw new ArgumentException($"The tokenizer keeps {words.Count} words of four letters or more whole; at least 2 are compared", nameof(pretrained));
        var pairs = new WordPairs(words, WordNetRelations.Read(wordNetFolder, words.Select(token => token.Word)), seed);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var table = pretrained.Model.Embedding;
        var columns = words.Select(token => (long)table.ColumnOf(token.Id)).ToArray();
        var rows = RowMatrix.AsFloat64(table.Text.index_select(0, tensor(columns, device: table.Text.device)));
        var raw = RowMatrix.Directions(rows);
        var centred = RowMatrix.Directions(rows.sub(rows.mean([0], keepdim: true)));
        return new WordSimilarity(words.Count, CosineStructure.MeanOffDiagonal(rows), Of(pairs.Synonyms), Of(pairs.Siblings));

        RelationSimilarity? Of(IReadOnlyList<IndexPair> related)
        {
            var (uniform, repaired) = (pairs.Uniform(), pairs.Repaired(related));
            return related.Count == 0 || uniform.Count == 0 || repaired.Count == 0
                ? null
                : new RelationSimilarity(related.Count, Contrast(raw, related, uniform, repaired, seed), Contrast(centred, related, uniform, repaired, seed));
        }
    }

    private static SimilarityContrast Contrast(
        Tensor directions, IReadOnlyList<IndexPair> related, IReadOnlyList<IndexPair> uniform, IReadOnlyList<IndexPair> repaired, int seed)
    {
        var cosines = Cosines(directions, related);
        return new SimilarityContrast(Against(uniform), Against(repaired));

        AreaUnderCurve Against(IReadOnlyList<IndexPair> unrelated) =>
            new PairRanking(related, cosines, unrelated, Cosines(directions, unrelated)).Estimate((int)directions.shape[0], seed, Resamples);
    }

    private static double[] Cosines(Tensor directions, IReadOnlyList<IndexPair> pairs) =>
        [.. pairs.Chunk(PairsAtOnce).SelectMany(chunk =>
        {
            using var scope = NewDisposeScope();
            var first = directions.index_select(0, tensor(chunk.Select(pair => (long)pair.First).ToArray()));
            var second = directions.index_select(0, tensor(chunk.Select(pair => (long)pair.Second).ToArray()));
            return RowMatrix.Values(first.mul(second).sum(1));
        })];
}
