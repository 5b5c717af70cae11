using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Text;

public class TfIdfEncoderTests
{
    // With as many directions as the texts span, the coordinates are a rotation: cosines are those of the weights.
    private static double[,] Cosines(TfIdfOptions options, params string[] texts)
    {
        using var scope = NewDisposeScope();
        var rows = new TfIdfEncoder(options).Encode(texts);
        Assert.Equal([texts.Length, options.Width], rows.shape);
        Assert.Equal(ScalarType.Float32, rows.dtype);
        var flat = matmul(rows, rows.t()).data<float>().ToArray();
        var cosines = new double[texts.Length, texts.Length];
        for (var i = 0; i < flat.Length; i++) cosines[i / texts.Length, i % texts.Length] = flat[i];
        return cosines;
    }

    [Fact]
    public void Weights_are_those_of_the_formula()
    {
        // n = 3. idf: red 2, shirt 2 -> ln(4/3) + 1 = 1.2876821; dress 1, blue 1 -> ln(4/2) + 1 = 1.6931472.
        // "red dress": |w| = 2.1271755; "Red shirt!": |w| = 1.8210575; product of the reds 1.6581251.
        var cosines = Cosines(new TfIdfOptions(4, MinimumDocuments: 1), "red dress", "Red shirt!", "blue-shirt");
        Assert.Equal(1, cosines[0, 0], 5);
        Assert.Equal(1.6581251 / (2.1271755 * 1.8210575), cosines[0, 1], 5);
        Assert.Equal(cosines[0, 1], cosines[1, 2], 5);
        Assert.Equal(0, cosines[0, 2], 5);
    }

    [Fact]
    public void No_further_text_is_split_after_a_cancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var split = 0;
        var texts = new WatchedTexts(1000, () =>
        {
            if (++split == 10)
                cancellation.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => new TfIdfEncoder(new TfIdfOptions()).Encode(texts, cancellation: cancellation.Token));
        Assert.Equal(10, split);
    }

    /// <summary>Equal texts, of which each says when it is read.</summary>
    private sealed class WatchedTexts(int count, Action read) : IReadOnlyList<string>
    {
        public int Count => count;

        public string this[int index]
        {
            get
            {
                read();
                return "red shirt";
            }
        }

        public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, count).Select(index => this[index]).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Fact]
    public void Repeated_words_count_by_their_logarithm()
    {
        // n = 2, both words in both texts: idf 1. (1 + ln 2, 1) against (1, 1).
        var twice = 1 + Math.Log(2);
        var cosines = Cosines(new TfIdfOptions(2, MinimumDocuments: 1), "red red dress", "red dress");
        Assert.Equal((twice + 1) / Math.Sqrt((twice * twice + 1) * 2), cosines[0, 1], 5);
    }

    [Fact]
    public void Rare_words_are_left_out_and_a_text_without_known_words_is_zero()
    {
        var cosines = Cosines(new TfIdfOptions(3), "red one", "red two", "three");
        Assert.Equal(1, cosines[0, 1], 5);
        Assert.Equal(0, cosines[2, 2]);
        Assert.Equal(0, Cosines(new TfIdfOptions(3), "one", "two")[0, 0]); // no word in two texts
    }

    [Fact]
    public void Only_the_most_frequent_words_are_kept()
    {
        var cosines = Cosines(new TfIdfOptions(3, MaximumVocabulary: 1, MinimumDocuments: 1), "red blue", "red blue", "red", "blue");
        Assert.Equal(1, cosines[0, 3], 5); // a tie of three each goes to the spelling: blue
        Assert.Equal(0, cosines[0, 2], 5);
    }

    [Fact]
    public void Bad_calls_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TfIdfEncoder(new TfIdfOptions()).Encode([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TfIdfEncoder(new TfIdfOptions(0)));
    }
}
