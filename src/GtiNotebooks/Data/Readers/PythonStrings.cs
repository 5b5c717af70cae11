using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GtiNotebooks.Data;

/// <summary>
/// Reads a field that should be a Python list of strings. Published files contain lists that no longer are literals, because quotes were
/// changed after printing ("it&amp;#39;s" to "it's"); they are split where one string ends and the next begins, and counted.
/// </summary>
internal static partial class PythonStrings
{
    public const string Malformed = "Python lists that are no literals (split at their quotes)";

    /// <summary>The strings of a list; a text that is no list at all is one string, an empty text none.</summary>
    public static IReadOnlyList<string> Parse(string text, ImportTally defects)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return [];
        }
        if (trimmed[0] != '[' || trimmed[^1] != ']')
        {
            return [trimmed];
        }
        try
        {
            if (PythonLiteral.Parse(trimmed) is JsonArray list)
            {
                return [.. list.Where(element => element is not null).Select(element => element!.ToString())];
            }
        }
        catch (FormatException)
        {
        }
        defects.Add(Malformed);
        return Split(trimmed[1..^1].Trim());
    }

    private static string[] Split(string inside)
    {
        var parts = Border().Split(inside);
        parts[0] = parts[0].TrimStart().TrimStartOnce();
        parts[^1] = parts[^1].TrimEnd().TrimEndOnce();
        return [.. parts.Select(part => part.Replace("\\n", "\n").Replace("\\t", "\t").Replace("\\'", "'").Replace("\\\"", "\"").Replace("\\\\", "\\"))];
    }

    private static string TrimStartOnce(this string text) => text is ['\'' or '"', ..] ? text[1..] : text;

    private static string TrimEndOnce(this string text) => text is [.., '\'' or '"'] ? text[..^1] : text;

    [GeneratedRegex("""['"],\s*['"]""")]
    private static partial Regex Border();
}
