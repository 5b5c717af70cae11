namespace GtiNotebooks.Bench.Tests.Readers;

/// <summary>The workloads around the models, with little of everything; no test looks at times.</summary>
public sealed class ReaderWorkloadTests
{
    [Fact]
    public void EachDoesAllOfItsWorkInEveryTimedStep()
    {
        Assert.Equal(2_000, ReaderWorkloads.Interactions(2, 1_000).Count);
        Assert.Equal(1_000, ReaderWorkloads.Import(1, 1_000).Count);
        Assert.Equal(3_000, ReaderWorkloads.Trie(3, 1_000).Count);
        Assert.InRange(ReaderWorkloads.Tokenizer(1, 10_000).Count, 0.01, 0.0102); // megabytes; the last line may go beyond
        Assert.InRange(ReaderWorkloads.TokenizerOfNewWords(2, 10_000).Count, 0.02, 0.0204);
    }

    [Fact]
    public void WhatIsMadeIsSeenInTheMemory()
    {
        var (made, use) = MemoryUse.Of(() => Enumerable.Repeat((byte)1, 64_000_000).ToArray());

        Assert.InRange(use.Kept, 50_000_000, 90_000_000); // other tests run beside it
        GC.KeepAlive(made);
    }

    [Fact]
    public void WordsComeAgainInALanguageAndNotAmongNewOnes()
    {
        static double Different(string[] lines)
        {
            var words = lines.SelectMany(line => line.TrimEnd('.').Split(' ')).ToArray();
            return words.Distinct().Count() / (double)words.Length;
        }

        Assert.InRange(Different(GeneratedText.OfALanguage(1, 100_000)), 0, 0.4);
        Assert.InRange(Different(GeneratedText.OfNewWords(1, 100_000)), 0.98, 1);
        Assert.Equal(GeneratedText.OfALanguage(3, 1_000), GeneratedText.OfALanguage(3, 1_000));
        Assert.NotEqual(GeneratedText.OfALanguage(3, 1_000), GeneratedText.OfALanguage(4, 1_000));
    }

    [Fact]
    public void TheTableTellsRateAndMemory()
    {
        var reader = new Measurement("trie", "IDs/s", 500_000, 2, 1) { Memory = new MemoryUse(60_000_000, 150_000_000) };
        var record = new ReadersRecord(default, "machine", null, "", [reader]);

        Assert.Contains("| `trie` | 1,000,000 IDs | 2.00 | 1.00 | 1,000,000 IDs/s | 60 MB | 150 MB |", record.Markdown());
        Assert.Equal(reader, Measurement.Parse(reader.ToJson()));
    }
}
