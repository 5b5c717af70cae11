using System.Globalization;
using System.Text;

namespace GtiNotebooks.Text;

/// <summary>
/// A text with every character beyond U+FFFF replaced by one UTF-16 unit of the same general category. .NET's regular
/// expressions see such a character as two surrogates, which are neither letters nor digits; tokenizers trained elsewhere saw
/// the character itself.
/// </summary>
internal sealed class AstralProxy
{
    private readonly int[] _starts;

    /// <param name="text">Well-formed UTF-16.</param>
    public AstralProxy(string text)
    {
        var proxy = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            starts.Add(i);
            if (!char.IsHighSurrogate(text[i])) { proxy.Append(text[i]); continue; }
            proxy.Append(StandIn(CharUnicodeInfo.GetUnicodeCategory(text, i)));
            i++;
        }
        starts.Add(text.Length);
        Text = proxy.ToString();
        _starts = [.. starts];
    }

    /// <summary>The text with one unit a character.</summary>
    public string Text { get; }

    /// <summary>Whether the text has a character beyond U+FFFF.</summary>
    public static bool IsNeeded(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDBFF') >= 0;

    /// <summary>A segment of <see cref="Text"/> as a segment of the original.</summary>
    public Segment ToOriginal(Segment segment)
    {
        var start = _starts[segment.Start];
        return new Segment(start, _starts[segment.Start + segment.Length] - start);
    }

    // Rare characters, so that no pattern names them one by one.
    private static char StandIn(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\uA640',
        UnicodeCategory.LowercaseLetter => '\uA641',
        UnicodeCategory.TitlecaseLetter => '\u1F88',
        UnicodeCategory.ModifierLetter => '\uA015',
        UnicodeCategory.OtherLetter => '\uA000',
        UnicodeCategory.DecimalDigitNumber => '\uA620',
        UnicodeCategory.LetterNumber => '\uA6E6',
        UnicodeCategory.OtherNumber => '\u3251',
        UnicodeCategory.NonSpacingMark => '\uA66F',
        UnicodeCategory.SpacingCombiningMark => '\uA823',
        UnicodeCategory.EnclosingMark => '\uA670',
        UnicodeCategory.MathSymbol => '\u2A00',
        UnicodeCategory.Format => '\u2060',
        UnicodeCategory.PrivateUse => '\uE000',
        UnicodeCategory.OtherNotAssigned => '\uE000',
        _ => '\u2300',
    };
}
