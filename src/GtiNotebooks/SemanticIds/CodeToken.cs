using System.Globalization;

namespace GtiNotebooks.SemanticIds;

/// <summary>One code of a Semantic ID as a token of its own: level 0, code 17 is written <c>&lt;a_17&gt;</c>.</summary>
/// <param name="Level">From 0 (<c>a</c>) to 25 (<c>z</c>).</param>
/// <param name="Code">From 0 on: the row of the level's codebook.</param>
public readonly record struct CodeToken(int Level, int Code)
{
    /// <summary>The highest number of levels that letters name.</summary>
    public const int MostLevels = 26;

    /// <summary>The highest code that is read: far beyond any codebook, a number is a mistake.</summary>
    public const int HighestCode = (1 << 24) - 1;

    /// <summary>How the token is written, as LC-Rec, LETTER and MiniOneRec do: <c>&lt;a_17&gt;</c>.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"<{(char)('a' + Level)}_{Code}>");

    /// <summary>Reads the written form; false for anything else, leading zeros and codes above <see cref="HighestCode"/> included.</summary>
    public static bool TryParse(string? text, out CodeToken token) => TryParse(text.AsSpan(), out token);

    /// <summary>Reads an ID as it stands in a prompt or comes from a model: <c>&lt;a_1&gt;&lt;b_2&gt;</c>, each level's token in its place.</summary>
    /// <param name="text">The text, with nothing around or between the tokens.</param>
    /// <param name="id">One token a level; empty where the text is no ID.</param>
    /// <returns>Whether the text is one token or more, with the levels in order from 0.</returns>
    public static bool TryParseId(string? text, out IReadOnlyList<CodeToken> id)
    {
        var tokens = new List<CodeToken>();
        id = [];
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf('>') + 1;
            if (!TryParse(rest[..end], out var token) || token.Level != tokens.Count) return false;
            tokens.Add(token);
            rest = rest[end..];
        }
        id = tokens;
        return tokens.Count > 0;
    }

    /// <summary><see cref="Text"/>.</summary>
    public override string ToString() => Text;

    private static bool TryParse(ReadOnlySpan<char> text, out CodeToken token)
    {
        token = default;
        if (text.Length < 5 || text[0] != '<' || text[2] != '_' || text[^1] != '>' || text[1] is < 'a' or > 'z') return false;
        var digits = text[3..^1];
        if (digits.Length > 1 && digits[0] == '0') return false;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code > HighestCode) return false;
        token = new CodeToken(text[1] - 'a', code);
        return true;
    }
}
