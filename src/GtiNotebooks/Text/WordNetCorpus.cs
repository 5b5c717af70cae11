namespace GtiNotebooks.Text;

/// <summary>
/// WordNet's glosses and examples as plain text, one sense a line: <c>word, word: gloss; "example"</c>. General English that says what
/// words mean, and none of any catalogue. Reads the database files <c>data.noun</c>, <c>data.verb</c>, <c>data.adj</c> and <c>data.adv</c>
/// (format: WordNet's manual page wndb(5)).
/// </summary>
public static class WordNetCorpus
{
    private const int MostLemmas = 3;

    /// <summary>Where Debian's package wordnet-base puts the database.</summary>
    public const string DebianFolder = "/usr/share/wordnet";

    /// <summary>Reads the senses, nouns first, in the order of the files. At most three lemmas are named a sense.</summary>
    /// <param name="folder">The folder of the four files, e.g. <see cref="DebianFolder"/>.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it and the package that brings it. Thrown at once.</exception>
    /// <exception cref="InvalidDataException">A line is not in the database's format; thrown while reading, with file and line.</exception>
    public static IEnumerable<string> Read(string folder) =>
        WordNetDatabase.Read(folder).Select(synset => $"{string.Join(", ", synset.Lemmas.Take(MostLemmas))}: {synset.Gloss}");
}
