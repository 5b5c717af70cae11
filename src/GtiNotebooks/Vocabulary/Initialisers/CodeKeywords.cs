using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;

namespace GtiNotebooks.Vocabulary;

/// <summary>Words that tell a code's items from the others.</summary>
public static class CodeKeywords
{
    /// <summary>
    /// The words of each code of highest score: share of the code's texts that have the word, times the logarithm of its lift (that share divided by the
    /// share of all texts that have it). Lift alone would name words that are merely rare, the share alone those that all items have. Of equal scores
    /// the word of the larger share comes first, then by spelling.
    /// </summary>
    /// <param name="ids">Items and codes.</param>
    /// <param name="texts">One an item.</param>
    /// <param name="count">At most so many words a code; at least 1.</param>
    /// <returns>By code, in the order of <see cref="SemanticIdMap.Tokens"/>: words in lower case, best first; none where a code's texts have no words.</returns>
    /// <exception cref="ArgumentException">Not one text an item, or the count is below 1.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Of(SemanticIdMap ids, IReadOnlyList<string> texts, int count = 10)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (texts.Count != ids.ItemCount)
            throw new ArgumentException($"There are {texts.Count} texts and {ids.ItemCount} items", nameof(texts));
        var words = texts.Select(text => TfIdfWeights.Words(text).Distinct(StringComparer.Ordinal).ToArray()).ToArray();
        var textsWith = words.SelectMany(text => text).CountBy(word => word).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var itemsOf = ids.Tokens.Select(_ => new List<int>()).ToArray();
        for (var item = 0; item < texts.Count; item++)
        {
            foreach (var code in ids.TokensOf(item))
                itemsOf[code].Add(item);
        }

        return [.. itemsOf.Select(items => Best(items, words, textsWith, count))];
    }

    private static string[] Best(List<int> items, string[][] words, Dictionary<string, int> textsWith, int count) =>
        [.. items.SelectMany(item => words[item]).CountBy(word => word)
            .Select(word => (word.Key, Share: (double)word.Value / items.Count, ShareOfAll: (double)textsWith[word.Key] / words.Length))
            .OrderByDescending(word => word.Share * Math.Log(word.Share / word.ShareOfAll))
            .ThenByDescending(word => word.Share).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Take(count).Select(word => word.Key)];
}
