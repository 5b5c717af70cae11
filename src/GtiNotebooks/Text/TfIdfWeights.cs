using System.Globalization;
using System.Text;

namespace GtiNotebooks.Text;

/// <summary>
/// Tf-idf weights with sublinear counts and smooth document frequencies (as scikit-learn's TfidfVectorizer computes them):
/// w = (1 + ln count) * (ln((1 + n) / (1 + df)) + 1), each text's weights scaled to length 1; n texts, of which df have the word.
/// </summary>
internal static class TfIdfWeights
{
    /// <summary>The weights, row-major <c>[texts, words]</c>, and the number of words. Words go by falling df, then by spelling.</summary>
    public static (float[] Weights, int Words) Of(
        IReadOnlyList<string> texts, int maximumVocabulary, int minimumDocuments, CancellationToken cancellation)
    {
        var counts = texts.Select(text =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Words(text).CountBy(word => word).ToArray();
        }).ToArray();
        var vocabulary = counts
            .SelectMany(text => text.Select(word => word.Key))
            .CountBy(word => word)
            .Where(word => word.Value >= minimumDocuments)
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Take(maximumVocabulary)
            .ToArray();
        var column = vocabulary.Select((word, index) => (word.Key, index)).ToDictionary(p => p.Key, p => p.index, StringComparer.Ordinal);
        var idf = Array.ConvertAll(vocabulary, word => Math.Log((1.0 + texts.Count) / (1.0 + word.Value)) + 1.0);

        var weights = new float[(long)texts.Count * vocabulary.Length];
        for (var text = 0; text < texts.Count; text++)
            Fill(weights.AsSpan(text * vocabulary.Length, vocabulary.Length), counts[text], column, idf);
        return (weights, vocabulary.Length);
    }

    private static void Fill(Span<float> row, KeyValuePair<string, int>[] counts, Dictionary<string, int> column, double[] idf)
    {
        var squares = 0.0;
        foreach (var (word, count) in counts)
        {
            if (!column.TryGetValue(word, out var place)) continue;
            var weight = (1.0 + Math.Log(count)) * idf[place];
            row[place] = (float)weight;
            squares += weight * weight;
        }
        if (squares == 0) return;
        var scale = (float)(1 / Math.Sqrt(squares));
        foreach (ref var weight in row) weight *= scale;
    }

    /// <summary>Runs of letters, marks and digits, lower-cased.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPartOfWord(rune)) { word.Append(Rune.ToLowerInvariant(rune)); continue; }
            if (word.Length > 0) yield return word.ToString();
            word.Clear();
        }
        if (word.Length > 0) yield return word.ToString();
    }

    private static bool IsPartOfWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
