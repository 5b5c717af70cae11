using System.Text;

namespace GtiNotebooks.Bench;

/// <summary>Texts for the tokenizer: lines of some 100 characters, the same for the same seed.</summary>
internal static class GeneratedText
{
    private const int Words = 20_000;
    private const int WordsInLine = 15;
    private static readonly string[] Syllables = ["ba", "co", "den", "fir", "gu", "hal", "ir", "jo", "kes", "lu", "mon", "ni", "or", "pel", "qui", "ras", "sto", "ti", "ul", "ven"];

    /// <summary>Words come again as in a language, the k-th most frequent one 1/k as often as the first (Zipf); 20,000 different ones.</summary>
    public static string[] OfALanguage(int seed, int characters)
    {
        // 1/k from a uniform number: k = N^u, which is that law but for rounding.
        return Lines(new Random(seed), characters, random => Word(new Random((int)Math.Pow(Words, random.NextDouble()))));
    }

    /// <summary>No word comes again, but by chance.</summary>
    public static string[] OfNewWords(int seed, int characters) => Lines(new Random(seed), characters, Letters);

    private static string[] Lines(Random random, int characters, Func<Random, string> word)
    {
        var lines = new List<string>();
        for (var written = 0; written < characters; written += lines[^1].Length)
            lines.Add(string.Join(' ', Enumerable.Range(0, WordsInLine).Select(_ => word(random))) + ".");
        return [.. lines];
    }

    private static string Word(Random random)
    {
        var word = new StringBuilder();
        for (var syllables = 1 + random.Next(4); syllables > 0; syllables--)
            word.Append(Syllables[random.Next(Syllables.Length)]);
        return word.ToString();
    }

    private static string Letters(Random random) =>
        string.Create(5 + random.Next(6), random, (word, from) =>
        {
            for (var i = 0; i < word.Length; i++)
                word[i] = (char)('a' + from.Next(26));
        });
}
