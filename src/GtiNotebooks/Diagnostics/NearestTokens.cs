using GtiNotebooks.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>
/// Which tokens lie nearest to which in a model's token table: the nearest words of a word, those of a code, and the codes of a word. A
/// moment's picture of the input rows as the model reads them; ask again after training.
/// </summary>
/// <remarks>
/// Likeness is the cosine of two rows, both less one centre: the mean row of all words that the tokenizer keeps whole
/// (<see cref="WordToken.AllOf"/>). All rows of a language model share a direction, and in a small one it outweighs what they mean: with
/// raw cosines nearly everything is alike, and centring finds more of WordNet's relatives among the nearest.
/// The centre is the same whatever is asked, so that a code is as near to a word as the word to the code.
/// </remarks>
public static class NearestTokens
{
    // Rows that are equal must tie, whatever a block of the product rounds off.
    private const int CosineDigits = 12;

    /// <summary>The nearest words of each token, old or new: of a word its relatives, of a code what it seems to mean.</summary>
    /// <param name="model">The model, its vocabulary extended or not.</param>
    /// <param name="tokenizer">Its tokenizer, with the new tokens if there are any.</param>
    /// <param name="tokens">Token ids.</param>
    /// <param name="count">How many neighbours each gets, at least 1; fewer where there are no more words.</param>
    /// <returns>One entry a token, in their order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or no row has an id.</exception>
    /// <exception cref="ArgumentException">The tokenizer keeps no word whole, or rows hold numbers that are not finite.</exception>
    public static IReadOnlyList<TokenNeighbours> Words(CausalLM model, Tokenizer tokenizer, IReadOnlyList<int> tokens, int count) =>
        Find(model, tokenizer, tokens, candidates: null, count);

    /// <summary>The nearest words of each word; a word that the tokenizer spells in pieces has no row of its own.</summary>
    /// <param name="pretrained">The model, its vocabulary extended or not, and its tokenizer.</param>
    /// <param name="words">Words without their space; each a single token after a space (<see cref="IsOneToken"/>).</param>
    /// <param name="count">How many neighbours each gets, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    /// <exception cref="ArgumentException">A word is several tokens; the message names it and them. Or as for <see cref="Words(CausalLM, Tokenizer, IReadOnlyList{int}, int)"/>.</exception>
    public static IReadOnlyList<TokenNeighbours> Words(PretrainedModel pretrained, IReadOnlyList<string> words, int count)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        return Words(pretrained.Model, pretrained.Tokenizer, IdsOf(pretrained.Tokenizer, words), count);
    }

    /// <summary>The nearest words of each new token.</summary>
    /// <param name="extension">An extended model.</param>
    /// <param name="codes">Places in <see cref="VocabularyExtension.TokenIds"/>.</param>
    /// <param name="count">How many neighbours each gets, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or there is no such code.</exception>
    /// <exception cref="ArgumentException">As for <see cref="Words(CausalLM, Tokenizer, IReadOnlyList{int}, int)"/>.</exception>
    public static IReadOnlyList<TokenNeighbours> WordsOfCodes(VocabularyExtension extension, IReadOnlyList<int> codes, int count)
    {
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(codes);
        return Words(extension.Model, extension.Tokenizer, [.. codes.Select(code => extension.TokenIds[code])], count);
    }

    /// <summary>The nearest new tokens of each word.</summary>
    /// <param name="extension">An extended model.</param>
    /// <param name="words">Words without their space; each a single token after a space.</param>
    /// <param name="count">How many neighbours each gets, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    /// <exception cref="ArgumentException">A word is several tokens, or as for <see cref="Words(CausalLM, Tokenizer, IReadOnlyList{int}, int)"/>.</exception>
    public static IReadOnlyList<TokenNeighbours> CodesOfWords(VocabularyExtension extension, IReadOnlyList<string> words, int count)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return Find(extension.Model, extension.Tokenizer, IdsOf(extension.Tokenizer, words), extension.TokenIds, count);
    }

    /// <summary>Whether a word inside a text, after a space, is one token and so has a row of its own.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="word">A word without its space.</param>
    public static bool IsOneToken(Tokenizer tokenizer, string word)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentException.ThrowIfNullOrWhiteSpace(word);
        return tokenizer.Encode(" " + word).Length == 1;
    }

    /// <summary>
    /// A token as a reader sees it: its text without the space before a word. What is no text by itself (a lone space, a part of a character)
    /// stands as the vocabulary spells it.
    /// </summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="tokenId">An id that stands for a token.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id stands for no token.</exception>
    public static string TextOf(Tokenizer tokenizer, int tokenId)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        var text = tokenizer.Decode([tokenId]);
        return text.Contains('\uFFFD') || string.IsNullOrWhiteSpace(text) ? tokenizer.TokenOf(tokenId)! : text.TrimStart(' ');
    }

    /// <summary>The ids of words, each a single token after a space.</summary>
    /// <exception cref="ArgumentException">A word is several tokens; the message names it and them.</exception>
    internal static int[] IdsOf(Tokenizer tokenizer, IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return [.. words.Select(word => IdOf(tokenizer, word))];
    }

    private static int IdOf(Tokenizer tokenizer, string word)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(word);
        var ids = tokenizer.Encode(" " + word);
        return ids.Length == 1
            ? ids[0]
            : throw new ArgumentException($"'{word}' is {ids.Length} tokens ({string.Join("|", ids.Select(id => TextOf(tokenizer, id)))}); only a single token has one row");
    }

    private static IReadOnlyList<TokenNeighbours> Find(
        CausalLM model, Tokenizer tokenizer, IReadOnlyList<int> tokens, IReadOnlyList<int>? candidates, int count)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var scope = NewDisposeScope();
        var directions = new TokenDirections(model, tokenizer);
        if (tokens.Count == 0)
            return [];
        int[] among = [.. (candidates ?? directions.Words).Order()];
        var cosines = Cosines(directions, tokens, among);
        return [.. tokens.Select((id, i) => new TokenNeighbours(id, TextOf(tokenizer, id), Nearest(tokenizer, id, among, cosines[i], count)))];
    }

    private static double[][] Cosines(TokenDirections directions, IReadOnlyList<int> tokens, int[] among)
    {
        var asked = directions.Of(tokens);
        var cosines = tokens.Select(_ => new double[among.Length]).ToArray();
        var done = 0;
        foreach (var chunk in among.Chunk(TokenDirections.MostAtOnce))
        {
            using var inner = NewDisposeScope();
            var product = RowMatrix.Values(asked.mm(directions.Of(chunk).t()));
            for (var i = 0; i < tokens.Count; i++)
                product.AsSpan(i * chunk.Length, chunk.Length).CopyTo(cosines[i].AsSpan(done));
            done += chunk.Length;
        }

        return cosines;
    }

    private static IReadOnlyList<TokenNeighbour> Nearest(Tokenizer tokenizer, int token, int[] among, double[] cosines, int count) =>
        [.. among.Zip(cosines, (id, cosine) => (Id: id, Cosine: Math.Round(Math.Clamp(cosine, -1, 1), CosineDigits)))
            .Where(other => other.Id != token)
            .OrderByDescending(other => other.Cosine).ThenBy(other => other.Id)
            .Take(count)
            .Select(other => new TokenNeighbour(other.Id, TextOf(tokenizer, other.Id), other.Cosine))];
}
