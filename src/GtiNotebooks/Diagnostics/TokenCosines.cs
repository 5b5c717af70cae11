using GtiNotebooks.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>How alike the rows of some tokens are, pair by pair: what a heat map shows.</summary>
/// <param name="Tokens">The tokens as a reader sees them (<see cref="NearestTokens.TextOf"/>).</param>
/// <param name="Cosines"><c>[tokens][tokens]</c>, symmetric, in [-1, 1]; of rows less the centre that <see cref="NearestTokens"/> names.</param>
public sealed record TokenCosines(IReadOnlyList<string> Tokens, IReadOnlyList<IReadOnlyList<double>> Cosines)
{
    /// <summary>Measures words.</summary>
    /// <param name="pretrained">The model and its tokenizer.</param>
    /// <param name="words">At least one, without their space; each a single token after a space (<see cref="NearestTokens.IsOneToken"/>).</param>
    /// <exception cref="ArgumentException">A word is several tokens, or as for <see cref="Measure"/>.</exception>
    public static TokenCosines OfWords(PretrainedModel pretrained, IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        return Measure(pretrained.Model, pretrained.Tokenizer, NearestTokens.IdsOf(pretrained.Tokenizer, words));
    }

    /// <summary>Measures all new tokens.</summary>
    /// <param name="extension">An extended model.</param>
    /// <exception cref="ArgumentException">As for <see cref="Measure"/>.</exception>
    public static TokenCosines OfCodes(VocabularyExtension extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return Measure(extension.Model, extension.Tokenizer, extension.TokenIds);
    }

    /// <summary>
    /// Measures words and codes together, the paper's picture of a table: 50 of its words, then 50 of its new tokens. Codes that mean something are near words
    /// and near their own kind; at the mean they are one block.
    /// </summary>
    /// <param name="extension">An extended model.</param>
    /// <param name="words">How many words, drawn from those that the tokenizer keeps whole (<see cref="WordToken.AllOf"/>), in alphabetical order; all where
    /// there are fewer. At least 1.</param>
    /// <param name="codes">How many codes, evenly spaced over all of them, so that every level has its share; all where there are fewer. At least 1.</param>
    /// <param name="seed">Seed of the words.</param>
    /// <exception cref="ArgumentException">A number is below 1, or as for <see cref="Measure"/>.</exception>
    public static TokenCosines OfWordsAndCodes(VocabularyExtension extension, int words = 50, int codes = 50, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(codes, 1);
        var whole = WordToken.AllOf(extension.Tokenizer);
        var all = extension.TokenIds.Count;
        var count = Math.Min(codes, all);
        return Measure(extension.Model, extension.Tokenizer,
        [
            .. RowSample.Draw(whole.Count, words, seed).Select(place => whole[(int)place].Id),
            .. Enumerable.Range(0, count).Select(i => extension.TokenIds[(int)((long)i * all / count)]),
        ]);
    }

    /// <summary>Measures tokens, old or new.</summary>
    /// <param name="model">The model, its vocabulary extended or not.</param>
    /// <param name="tokenizer">Its tokenizer, with the new tokens if there are any.</param>
    /// <param name="tokens">At least one token id.</param>
    /// <exception cref="ArgumentException">There are no tokens, no row has an id, the tokenizer keeps no word whole, or rows hold numbers that are
    /// not finite.</exception>
    public static TokenCosines Measure(CausalLM model, Tokenizer tokenizer, IReadOnlyList<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using var scope = NewDisposeScope();
        var values = RowMatrix.Values(CosineStructure.Matrix(new TokenDirections(model, tokenizer).Of(tokens)));
        return new TokenCosines([.. tokens.Select(id => NearestTokens.TextOf(tokenizer, id))], [.. values.Chunk(tokens.Count)]);
    }
}
