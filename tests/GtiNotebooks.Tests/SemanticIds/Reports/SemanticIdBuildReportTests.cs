using System.Text.Json;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public class SemanticIdBuildReportTests
{
    [Fact]
    public void Cosines_by_shared_levels_are_those_of_all_pairs()
    {
        using var scope = NewDisposeScope();
        var random = new System.Random(5);
        int[][] codes = [.. Enumerable.Range(0, 40).Select(_ => new[] { random.Next(3), random.Next(3), random.Next(3) })];
        var vectors = tensor([.. Enumerable.Range(0, 160).Select(_ => random.NextDouble() - 0.5)], [40, 4]);
        vectors[7].zero_();
        var report = PrefixSimilarity.Of(SemanticIdMap.FromCodes(codes), vectors);

        var rows = Enumerable.Range(0, 40).Select(i => vectors[i].data<double>().ToArray()).ToArray();
        double Cosine(int a, int b) => rows[a].Zip(rows[b], (x, y) => x * y).Sum() / Math.Max(1e-300, Math.Sqrt(rows[a].Sum(x => x * x) * rows[b].Sum(x => x * x)));
        for (var shared = 0; shared <= 3; shared++)
        {
            var pairs = (from a in Enumerable.Range(0, 40) from b in Enumerable.Range(a + 1, 39 - a) where Shared(codes[a], codes[b]) == shared select Cosine(a, b)).ToArray();
            Assert.Equal((shared, pairs.LongLength), (report[shared].SharedLevels, report[shared].Pairs));
            Assert.Equal(pairs.Average(), report[shared].MeanCosine!.Value, 9);
        }
        static int Shared(int[] a, int[] b) => a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
    }

    [Fact]
    public void A_number_of_levels_that_no_pair_shares_has_no_mean()
    {
        using var vectors = ones(2, 3);
        var report = PrefixSimilarity.Of(SemanticIdMap.FromCodes([[0, 1], [0, 2]]), vectors);
        Assert.Equal([0L, 1, 0], report.Select(r => r.Pairs));
        Assert.Equal(1, report[1].MeanCosine!.Value, 12);
        Assert.Null(report[0].MeanCosine);
    }

    [Fact]
    public void Words_by_lift_by_hand()
    {
        string[] texts = ["Red silk dress", "red wool DRESS", "steel bolt M8", "steel nut, red 12"];
        var words = CodeWords.Of(SemanticIdMap.FromCodes([[4, 0], [4, 1], [2, 0], [2, 1]]), texts, count: 2);
        Assert.Equal([(2, 2), (4, 2)], words.Select(code => (code.Code, code.Items)));
        Assert.Equal([new WordLift("steel", 2, 2)], words[0].Words); // in both of the code's texts, in half of all
        Assert.Equal("dress", words[1].Words[0].Word);
        Assert.Equal(2, words[1].Words[0].Lift, 12);
        Assert.Equal((1.0 / (3.0 / 4), 2), (words[1].Words[1].Lift, words[1].Words[1].Items)); // red
    }

    [Fact]
    public void Neighbours_share_levels_first_and_then_directions()
    {
        using var vectors = tensor(new float[] { 1, 0, 0, 1, 1, 0.1f, 1, 0, 1, 1 }, [5, 2]);
        var near = PrefixNeighbours.Of(SemanticIdMap.FromCodes([[0, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0], [0, 1, 1]]), vectors, item: 0, count: 3);
        Assert.Equal([(1, 2), (2, 1), (4, 1)], near.Nearest.Select(n => (n.Item, n.SharedLevels)));
        Assert.Equal(Math.Sqrt(0.5), near.Nearest[2].Cosine, 7);
    }

    [Fact]
    public void One_call_builds_ids_and_report()
    {
        using var scope = NewDisposeScope();
        string[] kinds = ["red silk dress", "blue wool coat", "steel bolt", "brass ball valve"];
        string[] texts = [.. Enumerable.Range(0, 48).Select(i => $"{kinds[i % 4]} size{i % 12} model{i / 2}"), "red silk dress size0 model0"];
        using var vectors = new TfIdfEncoder(new TfIdfOptions(12, MinimumDocuments: 1)).Encode(texts);
        var options = new SemanticIdOptions
        {
            Codebooks = new RqVaeOptions { Levels = 3, CodebookSize = 6, CodeWidth = 8, HiddenWidths = [32], Epochs = 60, BatchSize = 16 },
        };
        using var built = SemanticIdBuilder.Build(vectors, options, texts);
        var report = built.Report;
        Assert.Equal([0, 48], Assert.Single(report.Identical));
        Assert.Equal([0, 48], Assert.Single(built.Map.Collisions));
        Assert.Equal((2, 2), (report.Final.ItemsInCollisions, report.Final.LargestGroup));
        Assert.True(report.Learnt.CollisionRate >= report.AfterSinkhorn.CollisionRate && report.AfterSinkhorn.CollisionRate >= report.Final.CollisionRate);
        Assert.Equal(4, report.PrefixCheck.Count);
        Assert.True(report.PrefixCheck[1].MeanCosine > report.PrefixCheck[0].MeanCosine);
        Assert.Equal(5, report.Neighbours.Count);
        Assert.Equal(report.Learnt.Levels[0].CodesUsed, report.FirstLevel.Count);
        var json = JsonSerializer.Serialize(report);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<SemanticIdBuildReport>(json)));

        using var separate = SemanticIdBuilder.Build(vectors, options with { Identical = IdenticalItems.Separate });
        Assert.Empty(separate.Map.Collisions);
        Assert.Empty(separate.Report.FirstLevel);
    }

    [Fact]
    public void A_catalogue_of_one_word_gets_one_id_and_says_why()
    {
        string[] texts = [.. Enumerable.Repeat("dress", 6)];
        using var vectors = new TfIdfEncoder(new TfIdfOptions(4)).Encode(texts);
        using var built = SemanticIdBuilder.Build(vectors, new SemanticIdOptions { Codebooks = new RqVaeOptions { CodebookSize = 4, Epochs = 20 } }, texts);
        Assert.Equal(6, Assert.Single(built.Report.Identical).Count);
        Assert.Equal((6, 6), (built.Report.Final.ItemsInCollisions, built.Report.Final.LargestGroup));
        Assert.Contains("3 texts and 6 vectors", Assert.Throws<ArgumentException>(() => SemanticIdBuilder.Build(vectors, new SemanticIdOptions(), texts[..3])).Message);
    }
}
