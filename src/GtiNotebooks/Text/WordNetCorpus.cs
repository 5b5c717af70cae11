using System.Globalization;
using GtiNotebooks.Data;

namespace GtiNotebooks.Text;

/// <summary>
/// WordNet's glosses and examples as plain text, one sense a line: <c>word, word: gloss; "example"</c>. General English that says what
/// words mean, and none of any catalogue. Reads the database files <c>data.noun</c>, <c>data.verb</c>, <c>data.adj</c> and <c>data.adv</c>
/// (format: WordNet's manual page wndb(5)).
/// </summary>
public static class WordNetCorpus
{
    private const int MostLemmas = 3;
    private static readonly string[] FileNames = ["data.noun", "data.verb", "data.adj", "data.adv"];

    /// <summary>Where Debian's package wordnet-base puts the database.</summary>
    public const string DebianFolder = "/usr/share/wordnet";

    /// <summary>Reads the senses, nouns first, in the order of the files. At most three lemmas are named a sense.</summary>
    /// <param name="folder">The folder of the four files, e.g. <see cref="DebianFolder"/>.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it and the package that brings it. Thrown at once.</exception>
    /// <exception cref="InvalidDataException">A line is not in the database's format; thrown while reading, with file and line.</exception>
    public static IEnumerable<string> Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var paths = FileNames.Select(name => Path.Combine(folder, name)).ToArray();
        if (Array.Find(paths, p => !File.Exists(p)) is { } missing)
            throw new FileNotFoundException($"{missing} is missing; on Debian, 'apt-get install wordnet-base' brings it to {DebianFolder}.", missing);
        return paths.SelectMany(ReadFile);
    }

    private static IEnumerable<string> ReadFile(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            // The licence at the top is indented by two spaces.
            if (line.Length == 0 || line.StartsWith("  ", StringComparison.Ordinal)) continue;
            yield return Sense(line) ?? throw FileProblem.At(path, number,
                "not a synset; it should be 'offset file type count word id [word id...] ... | gloss'");
        }
    }

    // offset lex_filenum ss_type w_cnt(hexadecimal) word lex_id [word lex_id...] pointers... | gloss
    private static string? Sense(string line)
    {
        var bar = line.IndexOf(" | ", StringComparison.Ordinal);
        if (bar < 0) return null;
        var fields = line[..bar].Split(' ');
        if (fields.Length < 6 || !int.TryParse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var count)) return null;
        if (count < 1 || fields.Length < 4 + 2 * count) return null;
        var lemmas = Enumerable.Range(0, Math.Min(count, MostLemmas)).Select(i => Lemma(fields[4 + 2 * i]));
        return $"{string.Join(", ", lemmas)}: {line[(bar + 3)..].Trim()}";
    }

    // An adjective may carry where it can stand: "afraid(p)".
    private static string Lemma(string word)
    {
        var marker = word.EndsWith(')') ? word.IndexOf('(') : -1;
        return (marker > 0 ? word[..marker] : word).Replace('_', ' ');
    }
}
