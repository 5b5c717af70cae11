using System.Globalization;

namespace GtiNotebooks.SemanticIds;

/// <summary>One code of a Semantic ID as a token of its own: level 0, code 17 is written <c>&lt;a_17&gt;</c>.</summary>
/// <param name="Level">From 0 (<c>a</c>) to 25 (<c>z</c>).</param>
/// <param name="Code">From 0 on: the row of the level's codebook.</param>
public readonly record struct CodeToken(int Level, int Code)
{
    /// <summary>The highest number of levels that letters name.</summary>
    public const int MostLevels = 26;

    /// <summary>How the token is written, as LC-Rec, LETTER and MiniOneRec do: <c>&lt;a_17&gt;</c>.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"<{(char)('a' + Level)}_{Code}>");

    /// <summary>Reads the written form; false for anything else, leading zeros included.</summary>
    public static bool TryParse(string? text, out CodeToken token)
    {
        token = default;
        if (text is not { Length: >= 5 } || text[0] != '<' || text[2] != '_' || text[^1] != '>' || text[1] is < 'a' or > 'z') return false;
        var digits = text.AsSpan(3, text.Length - 4);
        if (digits.Length > 1 && digits[0] == '0') return false;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return false;
        token = new CodeToken(text[1] - 'a', code);
        return true;
    }

    /// <summary><see cref="Text"/>.</summary>
    public override string ToString() => Text;
}
