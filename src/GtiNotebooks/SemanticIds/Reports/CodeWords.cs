using System.Text;

namespace GtiNotebooks.SemanticIds;

/// <summary>A word that tells what a code contains.</summary>
/// <param name="Word">In lower case.</param>
/// <param name="Lift">How many times more frequent it is among the code's items than among all: share of the code's texts with it / share of all texts.</param>
/// <param name="Items">The code's items with it.</param>
public sealed record WordLift(string Word, double Lift, int Items);

/// <summary>What a first-level code contains, in words.</summary>
/// <param name="Code">From 0.</param>
/// <param name="Items">How many items have it.</param>
/// <param name="Words">By falling lift, then by falling number of items, then by spelling.</param>
public sealed record CodeWords(int Code, int Items, IReadOnlyList<WordLift> Words)
{
    private const double LeastShare = 0.25;

    /// <summary>
    /// The words of highest lift of each first-level code in use. A word counts that is in a quarter of the code's texts and in two of them at
    /// least (in one, where the code has one item): lift alone would name words that are merely rare.
    /// </summary>
    /// <param name="map">The IDs.</param>
    /// <param name="texts">One an item.</param>
    /// <param name="count">At most so many words a code; at least 1.</param>
    /// <returns>By code.</returns>
    /// <exception cref="ArgumentException">Not one text an item.</exception>
    public static IReadOnlyList<CodeWords> Of(SemanticIdMap map, IReadOnlyList<string> texts, int count = 8)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (texts.Count != map.ItemCount) throw new ArgumentException($"There are {texts.Count} texts and {map.ItemCount} items.", nameof(texts));
        var words = texts.Select(text => WordsOf(text).Distinct(StringComparer.Ordinal).ToArray()).ToArray();
        var textsWith = words.SelectMany(text => text).CountBy(word => word).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return [.. Enumerable.Range(0, map.ItemCount).GroupBy(item => map.CodesOf(item)[0].Code).OrderBy(code => code.Key)
            .Select(code => Of(code.Key, [.. code.Select(item => words[item])], textsWith, texts.Count, count))];
    }

    private static CodeWords Of(int code, string[][] texts, Dictionary<string, int> textsWith, int all, int count)
    {
        var least = Math.Max(Math.Min(2, texts.Length), (int)Math.Ceiling(LeastShare * texts.Length));
        var top = texts.SelectMany(text => text).CountBy(word => word)
            .Where(word => word.Value >= least)
            .Select(word => new WordLift(word.Key, (double)word.Value / texts.Length / ((double)textsWith[word.Key] / all), word.Value))
            .OrderByDescending(word => word.Lift).ThenByDescending(word => word.Items).ThenBy(word => word.Word, StringComparer.Ordinal)
            .Take(count);
        return new CodeWords(code, texts.Length, [.. top]);
    }

    /// <summary>Runs of letters and digits that begin with a letter, of two characters at least, in lower case.</summary>
    private static IEnumerable<string> WordsOf(string text)
    {
        var word = new StringBuilder();
        foreach (var character in text.Append(' '))
        {
            if (char.IsLetterOrDigit(character) || char.IsSurrogate(character)) { word.Append(char.ToLowerInvariant(character)); continue; }
            if (word.Length > 1 && !char.IsDigit(word[0])) yield return word.ToString();
            word.Clear();
        }
    }
}
