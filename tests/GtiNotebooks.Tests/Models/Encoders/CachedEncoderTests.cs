using GtiNotebooks.Models;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public sealed class CachedEncoderTests : IDisposable
{
    private static readonly string[] Texts = ["red", "blue", "red"];
    private readonly TemporaryFolder folder = new();
    private readonly List<string> told = [];
    private readonly CountingEncoder inner = new();

    [Fact]
    public void ASecondCallReadsWhatTheFirstComputed()
    {
        var first = Encode(Texts);
        var second = Encode(Texts);

        Assert.Equal(1, inner.Calls);
        Assert.Equal(first, second);
        Assert.Equal(CountingEncoder.Expected(Texts, 1), first);
        Assert.Empty(told);
        Assert.Equal([Cached().PathFor(Texts)], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void OtherTextsOrAnotherEncoderAreComputed()
    {
        Encode(Texts);
        Encode(["red", "blue"]);
        Encode(["redblue", "red"]); // the same characters, divided otherwise
        Encode(["red", "bluered"]);
        inner.Settings = "other";
        Encode(Texts);

        Assert.Equal(5, inner.Calls);
        Assert.Equal(5, Directory.GetFiles(folder.Path).Length);
        Assert.Empty(told);
    }

    [Theory]
    [InlineData(-1)] // a value
    [InlineData(3)] // the length of the header
    [InlineData(60)] // the header
    public void ADamagedFileIsComputedAndWrittenAnew(int place)
    {
        Encode(Texts);
        var path = Cached().PathFor(Texts);
        var bytes = File.ReadAllBytes(path);
        bytes[place < 0 ? ^1 : place] ^= 0x55;
        File.WriteAllBytes(path, bytes);

        var again = Encode(Texts);

        Assert.Equal(2, inner.Calls);
        Assert.Equal(CountingEncoder.Expected(Texts, 2), again);
        Assert.Contains(path, Assert.Single(told));
        Assert.Equal(again, Encode(Texts));
        Assert.Equal(2, inner.Calls);
    }

    [Fact]
    public void AFileCutShortOrOfAnotherEncoderIsNotTrusted()
    {
        Encode(Texts);
        var path = Cached().PathFor(Texts);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^4]);
        Encode(Texts);
        var kept = File.ReadAllBytes(path);
        inner.Settings = "other";
        File.WriteAllBytes(Cached().PathFor(Texts), kept);
        Encode(Texts);

        Assert.Equal(3, inner.Calls);
        Assert.Equal(2, told.Count);
        Assert.Contains("of another encoder", told[1]);
    }

    [Fact]
    public void AFolderThatCannotBeWrittenCostsOnlyTheTime()
    {
        var file = folder.Write("occupied", "not a folder");
        var encoder = new CachedEncoder(inner, Path.Combine(file, "cache"), told.Add);
        using var scope = NewDisposeScope();

        var vectors = encoder.Encode(Texts);
        encoder.Encode(Texts);

        Assert.Equal(CountingEncoder.Expected(Texts, 1), vectors.data<float>().ToArray());
        Assert.Equal(2, inner.Calls);
        Assert.Equal(2, told.Count);
        Assert.Contains("could not be kept in", told[0]);
    }

    [Fact]
    public void AFailureOrCancellationKeepsNothing()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => Cached().Encode(Texts, cancellation: source.Token));
        Assert.Throws<ArgumentException>(() => Cached().Encode([]));
        Assert.Equal(0, inner.Calls);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void TheFingerprintIsThatOfTheEncoderWithin() => Assert.Equal(inner.Fingerprint(), Cached().Fingerprint());

    public void Dispose() => folder.Dispose();

    private CachedEncoder Cached() => new(inner, folder.Path, told.Add);

    private float[] Encode(string[] texts)
    {
        using var scope = NewDisposeScope();
        var vectors = Cached().Encode(texts);
        Assert.Equal([texts.Length, 2], vectors.shape);
        return vectors.data<float>().ToArray();
    }

    /// <summary>Rows of a text's length and of how often it has been asked.</summary>
    private sealed class CountingEncoder : ITextEncoder
    {
        public int Calls { get; private set; }

        public string Settings { get; set; } = "counting";

        public static float[] Expected(IReadOnlyList<string> texts, int call) => [.. texts.SelectMany(text => new float[] { text.Length, call })];

        public string Fingerprint() => Settings;

        public Tensor Encode(IReadOnlyList<string> texts, IProgress<EncodingProgress>? progress, CancellationToken cancellation) =>
            tensor(Expected(texts, ++Calls), [texts.Count, 2]);
    }
}
