using GtiNotebooks.Data;

namespace GtiNotebooks.Text;

/// <summary>WordNet's database files <c>data.noun</c>, <c>data.verb</c>, <c>data.adj</c> and <c>data.adv</c>.</summary>
internal static class WordNetDatabase
{
    private static readonly string[] FileNames = ["data.noun", "data.verb", "data.adj", "data.adv"];

    /// <summary>Reads the synsets, nouns first, in the order of the files.</summary>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it and the package that brings it. Thrown at once.</exception>
    /// <exception cref="InvalidDataException">A line is not in the database's format; thrown while reading, with file and line.</exception>
    public static IEnumerable<WordNetSynset> Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var paths = FileNames.Select(name => Path.Combine(folder, name)).ToArray();
        if (Array.Find(paths, p => !File.Exists(p)) is { } missing)
        {
            throw new FileNotFoundException(
                $"{missing} is missing; on Debian, 'apt-get install wordnet-base' brings it to {WordNetCorpus.DebianFolder}.", missing);
        }

        return paths.SelectMany(ReadFile);
    }

    private static IEnumerable<WordNetSynset> ReadFile(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            // The licence at the top is indented by two spaces.
            if (line.Length == 0 || line.StartsWith("  ", StringComparison.Ordinal))
                continue;
            yield return WordNetSynset.Parse(line) ?? throw FileProblem.At(path, number,
                "not a synset; it should be 'offset file type count word id [word id...] count [pointer offset type source-target...] | gloss'");
        }
    }
}
