namespace GtiNotebooks.Diagnostics;

/// <summary>Two words of a list by their places.</summary>
internal readonly record struct IndexPair(int First, int Second);

/// <summary>Related and unrelated pairs of words, ranked together by their cosine.</summary>
internal sealed class PairRanking
{
    private const double Tail = 0.025;

    // Of each pair, lowest cosine first: its words, 1 if it is related and 0 if not, and whether the next pair has a higher cosine. Arrays,
    // because the loop over them runs for every draw of the words.
    private readonly int[] first;
    private readonly int[] second;
    private readonly int[] related;
    private readonly bool[] endsTie;

    public PairRanking(
        IReadOnlyList<IndexPair> relatedPairs, IReadOnlyList<double> relatedCosines,
        IReadOnlyList<IndexPair> unrelatedPairs, IReadOnlyList<double> unrelatedCosines)
    {
        IndexPair[] pairs = [.. relatedPairs, .. unrelatedPairs];
        double[] cosines = [.. relatedCosines, .. unrelatedCosines];
        var order = Enumerable.Range(0, pairs.Length).ToArray();
        Array.Sort(cosines, order);
        first = Array.ConvertAll(order, at => pairs[at].First);
        second = Array.ConvertAll(order, at => pairs[at].Second);
        related = Array.ConvertAll(order, at => at < relatedPairs.Count ? 1 : 0);
        endsTie = [.. cosines.Select((cosine, rank) => rank + 1 == cosines.Length || cosines[rank + 1] != cosine)];
    }

    /// <summary>
    /// The area under the curve with a 95 % percentile interval. Pairs that share a word are not independent, so words are drawn again with
    /// replacement, not pairs, and a pair counts as often as its two words were drawn, multiplied (the vertex bootstrap of Snijders and
    /// Borgatti, Connections 22(2), 1999).
    /// </summary>
    /// <param name="words">Number of words; pairs name places below it.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="resamples">How often to draw the words.</param>
    public AreaUnderCurve Estimate(int words, int seed, int resamples)
    {
        var times = new int[words];
        Array.Fill(times, 1);
        var value = Area(times) ?? throw new InvalidOperationException("There are no pairs to compare");
        var random = new Random(seed);
        var areas = new List<double>(resamples);
        for (var i = 0; i < resamples; i++)
        {
            Array.Clear(times);
            for (var draw = 0; draw < words; draw++)
                times[random.Next(words)]++;
            // Of few words it happens that no pair of one kind is drawn at all; such a draw says nothing.
            if (Area(times) is { } area)
                areas.Add(area);
        }

        areas.Sort();
        return areas.Count == 0 ? new AreaUnderCurve(value, 0, 1) : new AreaUnderCurve(value, Quantile(areas, Tail), Quantile(areas, 1 - Tail));
    }

    /// <summary>The area where each word counts as often as given; null where one kind has no pair.</summary>
    public double? Area(int[] times)
    {
        long won = 0, allRelated = 0, allUnrelated = 0; // twice the comparisons won, so that a tie counts 1
        long tiedRelated = 0, tiedUnrelated = 0;
        for (var i = 0; i < first.Length; i++)
        {
            var weight = (long)times[first[i]] * times[second[i]];
            tiedRelated += weight * related[i]; // no branch, as which kind comes next is hard to guess
            tiedUnrelated += weight * (1 - related[i]);
            if (!endsTie[i])
                continue;
            won += tiedRelated * ((2 * allUnrelated) + tiedUnrelated);
            allRelated += tiedRelated;
            allUnrelated += tiedUnrelated;
            tiedRelated = tiedUnrelated = 0;
        }

        return allRelated == 0 || allUnrelated == 0 ? null : won / (2.0 * allRelated * allUnrelated);
    }

    // The nearest rank; the interval's ends are themselves only as exact as the number of draws.
    private static double Quantile(List<double> sorted, double share) => sorted[(int)Math.Round(share * (sorted.Count - 1))];
}
