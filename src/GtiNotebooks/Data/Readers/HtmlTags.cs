using System.Text.RegularExpressions;

namespace GtiNotebooks.Data;

/// <summary>Finds what is certainly HTML in a text: tags by their names, comments, scripts and styles with their content.</summary>
internal static partial class HtmlTags
{
    private static readonly HashSet<string> WithinWords = new(
        [
            "a", "abbr", "acronym", "b", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "q", "s", "samp",
            "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
        ], StringComparer.OrdinalIgnoreCase);

    /// <summary>Removes them; a tag that ends a line or a paragraph leaves a blank, one within a line ("H&lt;sub&gt;2&lt;/sub&gt;O") nothing.</summary>
    public static string Remove(string text, out bool found)
    {
        found = false;
        if (!text.Contains('<'))
        {
            return text;
        }
        var clean = Tag().Replace(Unseen().Replace(text, " "), tag => WithinWords.Contains(tag.Groups["name"].Value) ? "" : " ");
        found = clean != text;
        return clean;
    }

    [GeneratedRegex(@"<!--.*?-->|<!doctype\b[^>]*>|<(?<name>script|style)\b[^>]*>.*?</\k<name>\s*>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Unseen();

    // The names of HTML elements, so that "<5 mm>" stays; attributes need a value (or be one of the few that never have one), so that "<b and c>" stays.
    [GeneratedRegex(
        """
        </?(?<name>a|abbr|acronym|address|area|article|aside|audio|b|base|basefont|bdo|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup
        |dd|del|dfn|dir|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd
        |label|legend|li|link|main|map|meta|nav|noscript|object|ol|option|p|param|picture|pre|q|s|samp|script|section|select|small|source|span|strike
        |strong|style|sub|sup|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|video|wbr)
        (?:\s+(?:[a-z_:][\w:.-]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+)|checked|compact|disabled|hidden|noshade|nowrap|selected))*\s*/?>
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
