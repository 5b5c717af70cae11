using System.IO.Compression;
using System.Text;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Studies;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using TorchSharp;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>Data, Semantic IDs, prompts and records that came from somewhere.</summary>
public sealed class DamagedDataTests : IDisposable
{
    private static readonly string Wardrobe = Path.Combine(SharedFolder.RepositoryRoot, "data", "wardrobe");
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Items()
    {
        var bundled = string.Join('\n', File.ReadLines(Path.Combine(Wardrobe, "items.jsonl")).Take(3)) + "\n";
        string[] samples = [bundled, """{"item_id": 7, "title": "é", "description": null, "tags": ["a", {"b": 1}], "price": 1.50}"""];
        DamagedFiles.Try("items.jsonl", At("items.jsonl"), Utf8(samples), path => Catalogue.Load(path));
    }

    [Fact]
    public void Interactions()
    {
        var catalogue = Catalogue.Load(Path.Combine(Wardrobe, "items.jsonl"));
        var bundled = string.Join('\n', File.ReadLines(Path.Combine(Wardrobe, "interactions.csv")).Take(20)) + "\n";
        var quoted = $"item_id,\"user_id\",timestamp,note\r\n{catalogue[0].Id},\"u,1\",5,\"a \"\"b\"\"\nc\"\r\n";
        DamagedFiles.Try("interactions.csv", At("interactions.csv"), Utf8([bundled, quoted]), path => InteractionLog.Load(path, catalogue));
    }

    [Fact]
    public void OfficialTargets()
    {
        File.WriteAllText(At("interactions.csv"), "user_id,item_id,timestamp\n" + string.Join('\n', Enumerable.Range(0, 6).Select(t => $"u,i{t},{t}")) + "\n");
        var catalogue = CatalogueOf(6);
        var log = InteractionLog.Load(At("interactions.csv"), catalogue);
        DamagedFiles.Try(
            "official_targets.csv", At("official_targets.csv"), Utf8(["split,user_id,position,item_id\nvalid,u,4,i4\ntest,u,5,i5\n"]),
            path => OfficialRows.Load(path, catalogue, log, maxHistory: 3));
    }

    [Fact]
    public void PackedLines()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(i => $"line {i} {i * 7919 % 1009}\r\n"))));
        var context = new ImportContext(folder.Path, new ImportOptions(), null, CancellationToken.None);
        DamagedFiles.Try("gz", At("x.gz"), [packed.ToArray(), "a\r\nb\rc\n"u8.ToArray()], path => LineSource.Read(path, Encoding.UTF8, context).Count());
    }

    [Fact]
    public void PublishedIds()
    {
        var catalogue = CatalogueOf(2);
        DamagedFiles.Try(
            "*.index.json", At("x.index.json"), Utf8(["""{"i0": ["<a_1>", "<b_2>"], "i1": ["<a_10>", "<b_0>"]}"""]), path => SemanticIdMap.LoadIndexJson(path, catalogue));
    }

    [Fact]
    public void OurIds()
    {
        var catalogue = CatalogueOf(3);
        SemanticIdMap.FromCodes([[0, 1], [1, 2], [1, 0]], [4, 3]).Save(At("semantic_ids.json"), catalogue);
        DamagedFiles.Try(
            "semantic_ids.json", At("semantic_ids.json"), [File.ReadAllBytes(At("semantic_ids.json"))], path => SemanticIdMap.Load(path, catalogue));
    }

    /// <summary>The other reader of such files, which an import uses: it takes any tokens.</summary>
    [Fact]
    public void PublishedTokens() => DamagedFiles.Try(
        "*.index.json, tokens", At("x.index.json"), Utf8(["""{"i0": ["<a_1>", "<b_2>"], "i1": ["é", "<b_0>", "<c_0>"]}"""]), path => CodesFile.Read(path));

    [Fact]
    public void Codebooks()
    {
        var catalogue = CatalogueOf(3);
        Directory.CreateDirectory(At("ids"));
        SemanticIdMap.FromCodes([[0, 1], [1, 2], [1, 0]], [4, 3]).Save(At("ids/semantic_ids.json"), catalogue);
        var path = At("ids/codebooks.safetensors");
        using (var stream = File.Create(path))
        using (var scope = torch.NewDisposeScope())
            SafeTensors.Save(stream, [("codebooks.0", torch.ones(4, 2)), ("codebooks.1", torch.zeros(3, 2))]);
        DamagedFiles.Try("codebooks.safetensors", path, [File.ReadAllBytes(path)], _ => SemanticIdFolder.Load(At("ids"), catalogue).Dispose());
    }

    [Fact]
    public void TablesOfVectors()
    {
        var catalogue = CatalogueOf(3);
        DamagedFiles.Try("vectors, csv", At("x.csv"), Utf8(["item_id,v0,v1\ni0,1,2.5\ni2,-1e-3,0\ni1,\"7\",8\n"]), path => new VectorFile(path).For(catalogue).Dispose());
    }

    [Fact]
    public void Prompts()
    {
        var bundled = File.ReadAllBytes(Path.Combine(SharedFolder.RepositoryRoot, "src/GtiNotebooks/Text/Prompts/default.json"));
        DamagedFiles.Try("prompt templates", At("prompts.json"), [bundled], path => PromptTemplates.Load(path));
    }

    [Fact]
    public void Records()
    {
        Studies.Sample.Record("gti", 1, 0, 4, 2).Save(At("a.json"));
        Studies.Sample.Anchor("popularity", 0, 1, 5).Save(At("b.json"));
        DamagedFiles.Try("study record", At("record.json"), [File.ReadAllBytes(At("a.json")), File.ReadAllBytes(At("b.json"))], path => StudyRecord.Load(path));
    }

    [Fact]
    public void ProgressLogs()
    {
        var line = """{"stage":"fine-tuning","step":3,"steps":9,"loss":2.5,"learningRate":0.001,"elapsedSeconds":1.5,"remainingSeconds":3,"validationScore":0.25}""" + "\n";
        File.WriteAllText(At("progress.jsonl"), line);
        Assert.Single(ProgressLog.Read(At("progress.jsonl")));
        DamagedFiles.Try("progress.jsonl", At("progress.jsonl"), Utf8([line + line.Replace(":3,", ":4,")]), path => ProgressLog.Read(path));
    }

    private static byte[][] Utf8(string[] texts) => [.. texts.Select(text => Encoding.UTF8.GetBytes(text))];

    private static Catalogue CatalogueOf(int count) =>
        new(Enumerable.Range(0, count).Select(i => new Item($"i{i}", $"item {i}", "", new Dictionary<string, string>())));

    private string At(string name) => Path.Combine(folder.Path, name);
}
