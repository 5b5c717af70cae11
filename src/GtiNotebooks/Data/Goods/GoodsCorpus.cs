namespace GtiNotebooks.Data;

/// <summary>
/// Plain text about everyday and workshop goods, for pretraining a small language model: what things are, what they are made of, what they are
/// for and what goes with what. Written from word lists of our own, so that it shares no item text with any catalogue a model is judged on.
/// </summary>
public static class GoodsCorpus
{
    /// <summary>How many texts a pretraining usually takes; about 1.6 million words.</summary>
    public const int DefaultTexts = 40_000;

    private const int LeastWords = 20;
    private const int MostWords = 64;

    /// <summary>Generates distinct texts of 20 to 64 words, one line each; the same on every machine. Every product comes round about equally often.</summary>
    /// <param name="texts">How many; the first texts of a longer corpus are those of a shorter one.</param>
    /// <param name="seed">Seed of every choice.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="texts"/> is negative.</exception>
    public static IEnumerable<string> Generate(int texts = DefaultTexts, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(texts);
        return Write(texts, seed);
    }

    private static IEnumerable<string> Write(int texts, int seed)
    {
        var random = new SplitMix64((ulong)(uint)seed);
        var shop = GoodsShop.Load();
        var writer = new GoodsWriter(shop, random);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var order = random.Permutation(shop.Products.Count);
        for (var at = 0; seen.Count < texts; at++)
        {
            if (at == order.Length)
            {
                at = 0;
                order = random.Permutation(order.Length);
            }
            var text = writer.Write(shop.Products[order[at]]);
            var words = text.Count(letter => letter == ' ') + 1;
            if (words is >= LeastWords and <= MostWords && seen.Add(text)) yield return text;
        }
    }
}
