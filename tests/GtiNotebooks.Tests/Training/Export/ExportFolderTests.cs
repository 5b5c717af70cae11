using System.Text.Json;
using GtiNotebooks.Data;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Models;
using GtiNotebooks.Retrieval;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Tests.Retrieval;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Tests.Training;

public sealed class ExportFolderTests : IDisposable
{
    private readonly TemporaryFolder root = new();
    private readonly TinyShop shop = new();
    private readonly Dataset dataset;

    public ExportFolderTests()
    {
        root.Write("shop/items.jsonl", [.. TinyShop.Catalogue.Select(item => $$"""{"item_id":"{{item.Id}}","title":"{{item.Title}}","description":""}""")]);
        root.Write("shop/interactions.csv", [.. Enumerable.Range(0, 4).SelectMany(user =>
            Enumerable.Range(0, 5).Select(time => $"u{user},g{(user * 3 + time * (user + 2)) % 10},{time}")).Prepend("user_id,item_id,timestamp")]);
        dataset = Dataset.Load(Path.Combine(root.Path, "shop"));
    }

    private string Folder => Path.Combine(root.Path, "out");

    private ExportContent Content => new(shop.Extension, dataset, dataset.Split(maxHistory: 3), shop.Encoder, Seed: 0) { Start = "random" };

    public void Dispose()
    {
        shop.Dispose();
        root.Dispose();
    }

    [Fact]
    public void PromptsAreTextWhoseTokensAreThoseOfTraining()
    {
        var notes = ExportFolder.Write(Folder, Content);

        // 10 items with a title and no description: title to ID and ID to title. 4 users with 5 events: 2 training pairs and a validation row each.
        Assert.Equal((20, 8, 4), (notes.Prompts["grounding"].Prompts, notes.Prompts["sft"].Prompts, notes.Prompts["validation"].Prompts));
        var grounding = Lines("grounding");
        Assert.Contains(("The item called Garment 4 is", "<a_1><b_2><|endoftext|>"), grounding);
        Assert.Contains(("The item<a_1><b_2> is called", " Garment 4<|endoftext|>"), grounding);
        Assert.Equal(20, grounding.Distinct().Count());
        var expected = Enumerable.Range(0, 8).Select(step => new NextItemPrompts(Content.Split.Train, shop.Extension.Ids, shop.Encoder, seed: 0).Batch(step, 1)[0]);
        Assert.Equal(expected.Select(p => p.Ids), Lines("sft").Select(line => shop.Extension.Tokenizer.Encode(line.Prompt + line.Completion)));
        Assert.Equal(0, notes.Prompts.Values.Sum(file => file.Resplit));
        Assert.Equal(notes.LongestTokens, grounding.Concat(Lines("sft")).Concat(Lines("validation")).Max(line => shop.Extension.Tokenizer.Encode(line.Prompt + line.Completion).Length));
    }

    [Fact]
    public void NoTestTargetLeavesTheHouse()
    {
        ExportFolder.Write(Folder, Content);

        var held = Content.Split.Test.Select(row => shop.Encoder.NextItem(0, [.. row.History.Select(shop.Extension.Ids.TextOf)], shop.Extension.Ids.TextOf(row.Target)));
        var written = Lines("sft").Concat(Lines("validation")).Select(line => line.Prompt + line.Completion).ToHashSet();
        Assert.All(held, prompt => Assert.DoesNotContain(shop.Extension.Tokenizer.Decode(prompt.Ids), written));
    }

    [Fact]
    public void TheFolderComesBackWithTheSameRanksAndLists()
    {
        ExportFolder.Write(Folder, Content);
        using var trained = CheckpointFolder.Load(Path.Combine(Folder, ExportFolder.ModelName));
        var extension = VocabularyExtension.Reopen(trained, SemanticIdMap.Load(Path.Combine(Folder, "semantic_ids.json"), dataset.Catalogue));
        var encoder = TinyShop.EncoderOf(extension.Tokenizer);
        NextItemExample[] rows = [.. Content.Split.Test, .. Content.Split.Validation, .. Content.Split.Train];

        var (before, after) = (RetrievalEvaluation.Run(shop.Extension, shop.Encoder, rows, 10), RetrievalEvaluation.Run(extension, encoder, rows, 10));

        Assert.Equal(before.Targets, after.Targets);
        Assert.Equal([5, 10], after.Metrics.Where(metric => metric.Name == MetricValue.Recall).Select(metric => metric.K));
        Assert.Contains(before.Targets, target => target.FirstRank > 1); // ranks that differ from row to row
        var options = new RecommenderOptions(MaxHistory: 3) { BeamWidth = 10 };
        var (mine, theirs) = (List(shop.Extension, shop.Encoder), List(extension, encoder));
        Assert.Equal(mine.Select(r => (r.Item.Id, r.SemanticId)), theirs.Select(r => (r.Item.Id, r.SemanticId)));
        Assert.All(mine.Zip(theirs), pair => Assert.Equal(pair.First.LogProbability!.Value, pair.Second.LogProbability!.Value, 1e-5));
        IReadOnlyList<Recommendation> List(VocabularyExtension of, PromptEncoder with) =>
            new Recommender(of, dataset.Catalogue, with, options).Recommend(["g1", "g4"], new RecommendationRequest(10)).Recommendations;
    }

    [Fact]
    public void TheFolderHoldsWhatItsPageSays()
    {
        var notes = ExportFolder.Write(Folder, Content);

        var page = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.DoesNotContain("{{", page);
        Assert.Contains("10 items on 2 levels", page);
        foreach (var name in new[] { "model/config.json", "model/model.safetensors", "model/tokenizer_config.json", "prompts/validation.jsonl", "train_grounding.py", "new_rows.py",
            "train_sft.py", "launch.sh", "requirements.txt", "configs/one_machine.yaml", "configs/several_machines.yaml", "configs/zero3.yaml" })
            Assert.True(new FileInfo(Path.Combine(Folder, name)).Length > 0, name);
        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(Path.Combine(Folder, "launch.sh")).HasFlag(UnixFileMode.UserExecute));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, ExportNotes.FileName)));
        Assert.Equal("<|endoftext|>", json.RootElement.GetProperty("end_token").GetString());
        Assert.Equal(notes.LongestTokens, json.RootElement.GetProperty("longest_tokens").GetInt32());
        Assert.All(json.RootElement.GetProperty("new_tokens").EnumerateObject(), token => Assert.Equal(token.Value.GetInt32(), shop.Extension.Tokenizer.IdOf(token.Name)));
        Assert.Equal(shop.Extension.Ids.Tokens.Count, json.RootElement.GetProperty("new_tokens").EnumerateObject().Count());
    }

    [Fact]
    public void AnEarlierExportIsReplacedAndATrainedModelIsNot()
    {
        ExportFolder.Write(Folder, Content);
        var first = Contents();
        ExportFolder.Write(Folder, Content);
        Assert.Equal(first, Contents());

        root.Write("out/tuned/config.json", "{}");
        Assert.Contains("'tuned'", Assert.Throws<IOException>(() => ExportFolder.Write(Folder, Content)).Message);
        Assert.Contains("no export", Assert.Throws<IOException>(() => ExportFolder.Write(Path.Combine(root.Path, "shop"), Content)).Message);
    }

    [Fact]
    public void ACancelledExportLeavesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => ExportFolder.Write(Folder, Content, cancelled.Token));

        Assert.Equal([Path.Combine(root.Path, "shop")], Directory.GetFileSystemEntries(root.Path));
    }

    private (string Prompt, string Completion)[] Lines(string name) =>
        [.. File.ReadLines(Path.Combine(Folder, ExportFolder.PromptsName, name + ".jsonl")).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(["prompt", "completion"], json.RootElement.EnumerateObject().Select(field => field.Name));
            return (json.RootElement.GetProperty("prompt").GetString()!, json.RootElement.GetProperty("completion").GetString()!);
        })];

    private (string Name, string Hash)[] Contents() =>
        [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (path, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))))];
}
