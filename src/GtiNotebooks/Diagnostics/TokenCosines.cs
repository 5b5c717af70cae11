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
