using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Tests.Retrieval;
using GtiNotebooks.Tests.Training;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>Full disks and read-only folders: real ones, where a file system can be mounted.</summary>
public sealed class UnwritableTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public UnwritableTests()
    {
        root.Write("shop/items.jsonl", [.. TinyShop.Catalogue.Select(item => $$"""{"item_id":"{{item.Id}}","title":"{{item.Title}}","description":""}""")]);
        root.Write("shop/interactions.csv", [.. Enumerable.Range(0, 4).SelectMany(user =>
            Enumerable.Range(0, 5).Select(time => $"u{user},g{(user * 3 + time * (user + 2)) % 10},{time}")).Prepend("user_id,item_id,timestamp")]);
    }

    private string Shop => Path.Combine(root.Path, "shop");

    public void Dispose() => root.Dispose();

    [Fact]
    public void AFullDiskLeavesTheOldModelAndSaysSo()
    {
        using var disk = SmallDisk.TryMount("160k");
        if (disk is null)
            return;
        using var scope = NewDisposeScope();
        var config = TinyFolder.ConfigOf("tiny_qwen3");
        using CausalLM small = new(config), large = new(config with { IntermediateSize = 2000 });
        TinyModels.FillByFormula(small);
        TinyModels.FillByFormula(large);
        var folder = Path.Combine(disk.Path, "model");
        CheckpointFolder.Save(folder, small, TinyFolder.Tokenizer);
        var before = disk.Contents();

        var problem = Assert.Throws<IOException>(() => CheckpointFolder.Save(folder, large, TinyFolder.Tokenizer));

        Assert.Contains("space", problem.Message);
        Assert.Equal(before, disk.Contents()); // no half of the new one is left
    }

    [Fact]
    public void AFileIsKept() => SmallDisk.RequireTheOldIsKept("64k", disk => AtomicFile.WriteAllText(Path.Combine(disk, "record.json"), new string('x', 10_000)));

    [Fact]
    public void AFolderIsKept() => SmallDisk.RequireTheOldIsKept("64k", disk => WholeFolder.Write(
        Path.Combine(disk, "model"), folder => AtomicFile.WriteAllText(Path.Combine(folder, "config.json"), new string('x', 10_000))));

    [Fact]
    public void AStudysRecordIsKept() => SmallDisk.RequireTheOldIsKept("256k", disk => Studies.Sample.Record("mean", 1, 1, 4, 0, 2).Save(Path.Combine(disk, "record.json")));

    [Fact]
    public void AnImportIsKept() => SmallDisk.RequireTheOldIsKept("256k", disk => DataImport.Run("native", Shop, Path.Combine(disk, "imported")));

    [Fact]
    public void AnExportIsKept()
    {
        using var shop = new TinyShop();
        var dataset = Dataset.Load(Shop);
        var content = new ExportContent(shop.Extension, dataset, dataset.Split(maxHistory: 3), shop.Encoder, Seed: 0) { Start = "random" };
        SmallDisk.RequireTheOldIsKept("2m", disk => ExportFolder.Write(Path.Combine(disk, "out"), content));
    }

    [Fact]
    public void SemanticIdsAreKept()
    {
        var options = new SemanticIdOptions { Codebooks = new ResidualKMeansOptions(2, 3, 5, Seed: 1), Fallback = CollisionFallback.ExtraLevel };
        using var vectors = arange(0, 20, float32).view(10, 2).pow(1.5);
        using var ids = SemanticIdBuilder.Build(vectors, options);
        SmallDisk.RequireTheOldIsKept("256k", disk => SemanticIdFolder.Save(Path.Combine(disk, "ids"), TinyShop.Catalogue, ids, "a grid", options));
    }

    [Fact]
    public void ALockOnAReadOnlyDiskIsNotCalledTaken()
    {
        using var disk = SmallDisk.TryMount("64k");
        if (disk is null)
            return;
        disk.MakeReadOnly();
        var problem = Assert.ThrowsAny<Exception>(() => FileLock.Take(Path.Combine(disk.Path, "run.lock"), "another study is at this run"));
        Assert.DoesNotContain("another study", problem.Message);
        Assert.Contains(disk.Path, problem.Message);
    }

    [Fact]
    public void ATrainingWhoseDiskIsFullCanGoOnFromItsLastCheckpoint()
    {
        using var disk = SmallDisk.TryMount("512k");
        if (disk is null)
            return;
        var plan = new CheckpointPlan(Path.Combine(disk.Path, "run"), EverySteps: 2);
        using (var model = TinyQwen3.Create(ScalarType.Float32))
        {
            Assert.ThrowsAny<IOException>(() => TinyTraining.Run(model, plan, report: progress =>
            {
                if (progress.Step == 5)
                    disk.Fill();
            }));
        }

        disk.Clear();
        using var again = TinyQwen3.Create(ScalarType.Float32);
        var steps = new List<int>();
        var result = TinyTraining.Run(again, plan, report: progress => steps.Add(progress.Step));
        Assert.InRange(steps[0], 3, 5); // not from the beginning
        Assert.Equal(TinyTraining.Options.Steps, result.Losses.Count);
    }
}
