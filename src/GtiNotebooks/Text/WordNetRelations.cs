namespace GtiNotebooks.Text;

/// <summary>Two different words, in alphabetical (ordinal) order.</summary>
/// <param name="First">The smaller.</param>
/// <param name="Second">The greater.</param>
public readonly record struct WordPair(string First, string Second)
{
    internal static WordPair Of(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? new WordPair(one, other) : new WordPair(other, one);
}

/// <summary>Pairs of words that are related by WordNet; each pair once, in alphabetical (ordinal) order.</summary>
/// <param name="Synonyms">Words that share a synset: in some sense they mean the same.</param>
/// <param name="Siblings">
/// Words of two synsets directly under one hypernym, such as <c>apple</c> and <c>cherry</c>, that are not synonyms. Hypernyms with more than
/// <see cref="MostBelow"/> of the words under them are left out: what they hold together is too wide to tell.
/// </param>
public sealed record WordNetRelations(IReadOnlyList<WordPair> Synonyms, IReadOnlyList<WordPair> Siblings)
{
    /// <summary>How many of the words a hypernym may have directly under it.</summary>
    public const int MostBelow = 30;

    /// <summary>Finds the pairs among some words. All senses of a word count; a lemma must be spelt as the word is, capitals included.</summary>
    /// <param name="folder">The folder of the four files, e.g. <see cref="WordNetCorpus.DebianFolder"/>.</param>
    /// <param name="words">The words; which order does not matter.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it and the package that brings it.</exception>
    /// <exception cref="InvalidDataException">A line is not in the database's format; the message names file and line.</exception>
    public static WordNetRelations Read(string folder, IEnumerable<string> words)
    {
        var wanted = words.ToHashSet(StringComparer.Ordinal);
        var synonyms = new HashSet<WordPair>();
        var below = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var synset in WordNetDatabase.Read(folder))
        {
            var members = synset.Lemmas.Where(wanted.Contains).ToArray();
            if (members.Length == 0)
                continue;
            synonyms.UnionWith(Pairs(members));
            foreach (var hypernym in synset.Hypernyms)
                Under(below, hypernym).UnionWith(members);
        }

        var siblings = below.Values.Where(group => group.Count <= MostBelow).SelectMany(group => Pairs([.. group])).ToHashSet();
        siblings.ExceptWith(synonyms);
        return new WordNetRelations(InOrder(synonyms), InOrder(siblings));
    }

    private static SortedSet<string> Under(Dictionary<string, SortedSet<string>> below, string hypernym)
    {
        if (!below.TryGetValue(hypernym, out var group))
            below.Add(hypernym, group = new SortedSet<string>(StringComparer.Ordinal));
        return group;
    }

    private static IEnumerable<WordPair> Pairs(string[] members) =>
        from i in Enumerable.Range(0, members.Length)
        from j in Enumerable.Range(0, i)
        where members[i] != members[j]
        select WordPair.Of(members[i], members[j]);

    private static WordPair[] InOrder(IEnumerable<WordPair> pairs) =>
        [.. pairs.OrderBy(pair => pair.First, StringComparer.Ordinal).ThenBy(pair => pair.Second, StringComparer.Ordinal)];
}
