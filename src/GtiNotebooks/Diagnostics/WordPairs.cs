using GtiNotebooks.Text;

namespace GtiNotebooks.Diagnostics;

/// <summary>Related pairs of words, and the two kinds of unrelated pairs that they are compared with.</summary>
internal sealed class WordPairs
{
    /// <summary>About how many unrelated pairs are drawn.</summary>
    public const int Draws = 20_000;

    private readonly HashSet<IndexPair> related;
    private readonly int words;
    private readonly int seed;

    /// <param name="words">The words in ordinal order, so that a pair's first word has the smaller place.</param>
    /// <param name="relations">Their related pairs.</param>
    /// <param name="seed">Seed of the unrelated pairs.</param>
    public WordPairs(IReadOnlyList<WordToken> words, WordNetRelations relations, int seed)
    {
        var places = words.Select((token, place) => (token.Word, place)).ToDictionary(StringComparer.Ordinal);
        Synonyms = [.. relations.Synonyms.Select(Indices)];
        Siblings = [.. relations.Siblings.Select(Indices)];
        related = [.. Synonyms, .. Siblings];
        (this.words, this.seed) = (words.Count, seed);

        IndexPair Indices(WordPair pair) => new(places[pair.First], places[pair.Second]);
    }

    public IReadOnlyList<IndexPair> Synonyms { get; }

    public IReadOnlyList<IndexPair> Siblings { get; }

    /// <summary>Pairs drawn uniformly from all words; those that are related, or the same word twice, are dropped.</summary>
    public IReadOnlyList<IndexPair> Uniform()
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Draws).Select(_ => InOrder(random.Next(words), random.Next(words))).Where(Unrelated)];
    }

    /// <summary>
    /// The words of some pairs, each as often as it is there, paired anew; pairs that are related, or the same word twice, are dropped.
    /// Few pairs are shuffled more than once, until there are about <see cref="Draws"/>.
    /// </summary>
    public IReadOnlyList<IndexPair> Repaired(IReadOnlyList<IndexPair> pairs)
    {
        var random = new Random(seed);
        var partners = pairs.Select(pair => pair.Second).ToArray();
        var repaired = new List<IndexPair>();
        for (var drawn = 0; drawn < Draws && pairs.Count > 0; drawn += pairs.Count)
        {
            random.Shuffle(partners);
            repaired.AddRange(pairs.Zip(partners, (pair, partner) => InOrder(pair.First, partner)).Where(Unrelated));
        }

        return repaired;
    }

    private static IndexPair InOrder(int one, int other) => new(Math.Min(one, other), Math.Max(one, other));

    private bool Unrelated(IndexPair pair) => pair.First != pair.Second && !related.Contains(pair);
}
