namespace GtiNotebooks.Text;

/// <summary>A word that a tokenizer keeps whole where it stands inside a text, after a space.</summary>
/// <param name="Word">At least four lower-case letters from a to z: shorter tokens are mostly the beginnings of other words.</param>
/// <param name="Id">Id of its token, which is a space and the word.</param>
public sealed record WordToken(string Word, int Id)
{
    private const int FewestLetters = 4;

    /// <summary>All such words of a tokenizer, in alphabetical (ordinal) order.</summary>
    /// <param name="tokenizer">A byte-level tokenizer.</param>
    public static IReadOnlyList<WordToken> AllOf(Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        var space = ByteAlphabet.CharacterOf((byte)' ');
        return
        [
            .. Enumerable.Range(0, tokenizer.VocabularySize)
                .Where(id => tokenizer.TokenOf(id) is { Length: > FewestLetters } token
                    && token[0] == space && token.AsSpan(1).IndexOfAnyExceptInRange('a', 'z') < 0)
                .Select(id => new WordToken(tokenizer.TokenOf(id)![1..], id))
                .Where(token => tokenizer.Encode(" " + token.Word) is [var id] && id == token.Id) // an added token may only look like a word
                .OrderBy(token => token.Word, StringComparer.Ordinal),
        ];
    }
}
