using System.Globalization;
using System.Text.Json;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Studies;
using GtiNotebooks.Tests.Retrieval;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>
/// A process that saves everything that the library saves, version after version, until a test kills it; and what that test looks at afterwards.
/// All numbers of a version's files are the version, so that a mixture of two would show.
/// </summary>
internal static class KilledSaving
{
    public const string Verb = "killed-saving";

    private static readonly SemanticIdOptions Options = new() { Codebooks = new ResidualKMeansOptions(2, 3, 5, Seed: 1), Fallback = CollisionFallback.ExtraLevel };
    private static readonly string[] Texts = ["one text", "another"];

    /// <summary>Saves version after version, and says each that is whole.</summary>
    public static void Run(string folder)
    {
        using var shop = new TinyShop();
        var dataset = WriteShop(Path.Combine(folder, "shop"));
        using var vectors = arange(0, 2 * TinyShop.Catalogue.Count, float32).view(TinyShop.Catalogue.Count, 2).pow(1.5);
        using var ids = SemanticIdBuilder.Build(vectors, Options);
        for (var version = 1 + Versions(folder).DefaultIfEmpty(0).Max(); ; version++)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            foreach (var values in shop.Extension.Model.parameters().Cast<Tensor>().Concat(ids.Codebooks))
                values.fill_(version);
            CheckpointFolder.Save(Path.Combine(folder, "model"), shop.Extension.Model, shop.Extension.Tokenizer);
            new CachedEncoder(new VersionEncoder(version), Path.Combine(folder, "vectors"), _ => { }).Encode(Texts);
            SemanticIdFolder.Save(Path.Combine(folder, "ids"), TinyShop.Catalogue, ids, Words(version), Options);
            ExportFolder.Write(Path.Combine(folder, "export"), new ExportContent(shop.Extension, dataset, dataset.Split(maxHistory: 3), shop.Encoder, Seed: 0) { Start = Words(version) });
            Studies.Sample.Record("gti", version, 0, 3).Save(Path.Combine(folder, "record.json"));
            Console.WriteLine(version);
        }
    }

    /// <summary>Loads everything; throws where something does not load, or is a mixture.</summary>
    /// <returns>The version of each thing that is there.</returns>
    public static IReadOnlyList<int> Versions(string folder)
    {
        using var scope = NewDisposeScope();
        var versions = new List<int>();
        if (Directory.Exists(Path.Combine(folder, "model")))
            versions.Add(OfModel(Path.Combine(folder, "model")));
        if (Directory.Exists(Path.Combine(folder, "ids")))
            versions.Add(OfIds(Path.Combine(folder, "ids")));
        if (Directory.Exists(Path.Combine(folder, "export")))
            versions.Add(OfExport(Path.Combine(folder, "export")));
        if (File.Exists(Path.Combine(folder, "record.json")))
            versions.Add(StudyRecord.Load(Path.Combine(folder, "record.json")).Seed);
        if (Directory.Exists(Path.Combine(folder, "vectors")) && Directory.GetFiles(Path.Combine(folder, "vectors"), "*.safetensors") is { Length: > 0 } kept)
            versions.Add(kept.Max(OfVectors));
        return versions;
    }

    private static int OfModel(string folder)
    {
        using var loaded = CheckpointFolder.Load(folder);
        return OnlyValue(loaded.Model.parameters().Cast<Tensor>());
    }

    private static int OfIds(string folder)
    {
        using var stored = SemanticIdFolder.Load(folder, TinyShop.Catalogue);
        var version = OnlyValue(stored.Codebooks);
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "report.json")));
        Assert.Equal(Words(version), report.RootElement.GetProperty("vectors").GetString());
        return version;
    }

    private static int OfExport(string folder)
    {
        var version = OfModel(Path.Combine(folder, ExportFolder.ModelName));
        using var notes = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, ExportNotes.FileName)));
        Assert.Equal(Words(version), notes.RootElement.GetProperty("start").GetString());
        SemanticIdMap.Load(Path.Combine(folder, "semantic_ids.json"), TinyShop.Catalogue);
        return version;
    }

    private static int OfVectors(string path)
    {
        var read = SafeTensors.Load(path);
        var version = OnlyValue(read.Values);
        foreach (var tensor in read.Values)
            tensor.Dispose();
        return version;
    }

    private static int OnlyValue(IEnumerable<Tensor> tensors)
    {
        var values = tensors.SelectMany(tensor => tensor.detach().to(ScalarType.Float32).view(-1).data<float>().ToArray()).Distinct().ToArray();
        return (int)Assert.Single(values);
    }

    private static string Words(int version) => string.Create(CultureInfo.InvariantCulture, $"version {version}");

    private static Dataset WriteShop(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllText(Path.Combine(folder, "items.jsonl"), string.Concat(TinyShop.Catalogue.Select(item => $$"""{"item_id":"{{item.Id}}","title":"{{item.Title}}","description":""}""" + "\n")));
        var events = Enumerable.Range(0, 4).SelectMany(user => Enumerable.Range(0, 5).Select(time => $"u{user},g{(user * 3 + time * (user + 2)) % 10},{time}\n"));
        AtomicFile.WriteAllText(Path.Combine(folder, "interactions.csv"), "user_id,item_id,timestamp\n" + string.Concat(events));
        return Dataset.Load(folder);
    }

    private sealed class VersionEncoder(int version) : ITextEncoder
    {
        public string Fingerprint() => Words(version);

        public Tensor Encode(IReadOnlyList<string> texts, IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default) =>
            full([texts.Count, 4], (Scalar)(float)version, ScalarType.Float32);
    }
}
