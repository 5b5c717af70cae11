using System.Globalization;

namespace GtiNotebooks.Text;

/// <summary>One line of WordNet's database files: words that share a sense (format: WordNet's manual page wndb(5)).</summary>
/// <param name="Lemmas">The words, with spaces for underscores, in the order of the line; at least one.</param>
/// <param name="Hypernyms">
/// Keys of the synsets directly above it (pointer <c>@</c>), each a part of speech and an offset, such as <c>n00001740</c>. The class of a named
/// thing (pointer <c>@i</c>) is not among them.
/// </param>
/// <param name="Gloss">Definition and examples.</param>
internal sealed record WordNetSynset(IReadOnlyList<string> Lemmas, IReadOnlyList<string> Hypernyms, string Gloss)
{
    private const string HypernymSymbol = "@";
    private const int FieldsBeforeWords = 4; // offset, file number, type, word count
    private const int PointerFields = 4; // symbol, offset, part of speech, source and target

    /// <summary>Reads a line: <c>offset file type count(hexadecimal) word id [word id...] count pointer... | gloss</c>.</summary>
    /// <returns>Null where the line is not in this format.</returns>
    public static WordNetSynset? Parse(string line)
    {
        var bar = line.IndexOf(" | ", StringComparison.Ordinal);
        if (bar < 0)
            return null;
        var fields = line[..bar].Split(' ');
        if (fields.Length < 6 || !int.TryParse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var words) || words < 1)
            return null;
        var pointersAt = FieldsBeforeWords + 2 * words;
        if (fields.Length <= pointersAt || !int.TryParse(fields[pointersAt], NumberStyles.None, CultureInfo.InvariantCulture, out var pointers)
            || fields.Length <= pointersAt + PointerFields * pointers)
        {
            return null;
        }

        return new WordNetSynset(
            [.. Enumerable.Range(0, words).Select(i => Lemma(fields[FieldsBeforeWords + 2 * i]))],
            [.. Enumerable.Range(0, pointers).Select(i => pointersAt + 1 + PointerFields * i)
                .Where(at => fields[at] == HypernymSymbol).Select(at => fields[at + 2] + fields[at + 1])],
            line[(bar + 3)..].Trim());
    }

    // An adjective may carry where it can stand: "afraid(p)".
    private static string Lemma(string word)
    {
        var marker = word.EndsWith(')') ? word.IndexOf('(') : -1;
        return (marker > 0 ? word[..marker] : word).Replace('_', ' ');
    }
}
