using System.Globalization;
using System.Net;
using System.Text;

namespace GtiNotebooks.Data;

/// <summary>
/// Makes plain text of what shops write: entities decoded (also those encoded twice), HTML tags removed, any run of white space one blank,
/// invisible characters gone. A lone <c>&lt;</c> as in "x &lt; 5" stays. Counts the texts that needed it.
/// </summary>
internal sealed class TextCleaner(ImportTally defects)
{
    private const int DecodingRounds = 3;

    // What &#128; to &#159; mean on web pages: Windows-1252, not the control characters of those numbers. A blank marks the unused ones.
    private const string Windows1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    public string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Tidy(HtmlTags.Remove(Decode(text), out var tags), tags);
    }

    private string Decode(string text)
    {
        for (var round = 0; round < DecodingRounds && text.Contains('&'); round++)
        {
            var decoded = WebUtility.HtmlDecode(text);
            if (decoded == text)
            {
                break;
            }
            if (round < 2)
            {
                defects.Add(round == 0 ? "texts with HTML entities" : "texts with entities encoded twice");
            }
            text = decoded;
        }
        return text;
    }

    private string Tidy(string text, bool hadTags)
    {
        var clean = new StringBuilder(text.Length);
        bool gap = false, invisible = false, replaced = false;
        foreach (var character in text)
        {
            var visible = character is >= '\u0080' and <= '\u009f' ? Windows1252[character - 0x80] : character;
            invisible |= visible != character;
            replaced |= character == '\ufffd';
            if (char.IsWhiteSpace(visible))
            {
                gap = true;
            }
            else if (IsInvisible(visible))
            {
                invisible = true;
            }
            else
            {
                if (gap && clean.Length > 0)
                {
                    clean.Append(' ');
                }
                gap = false;
                clean.Append(visible);
            }
        }
        Count(hadTags, "texts with HTML tags");
        Count(invisible, "texts with control or invisible characters");
        Count(replaced, "texts with characters lost to a wrong encoding (U+FFFD, kept)");
        return clean.ToString();
    }

    private void Count(bool found, string what) => defects.Add(what, found ? 1 : 0);

    // Zero-width joiners stay: scripts and emoji need them. Soft hyphens, zero-width blanks and byte order marks only split words.
    private static bool IsInvisible(char character) =>
        character is '\u00ad' or '\u200b' or '\u2060' or '\ufeff' || char.GetUnicodeCategory(character) == UnicodeCategory.Control;
}
