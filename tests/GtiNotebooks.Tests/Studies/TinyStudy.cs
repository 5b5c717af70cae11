using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Studies;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Studies;

/// <summary>A data folder and a model folder small enough to study in a second; removed with the fixture.</summary>
public sealed class TinyStudy : IDisposable
{
    private static readonly string[] Colours = ["red", "green", "blue", "black"];
    private static readonly string[] Things = ["shirt", "skirt", "shoe", "scarf", "coat"];
    private readonly string root = Directory.CreateTempSubdirectory("gti-study-").FullName;

    public TinyStudy()
    {
        var items = Colours.SelectMany(c => Things.Select(t => (c, t))).ToArray();
        Directory.CreateDirectory(Data);
        File.WriteAllLines(Path.Combine(Data, "items.jsonl"), items.Select((x, i) =>
            $$"""{"item_id":"i{{i}}","title":"{{x.c}} {{x.t}}","description":"A {{x.t}} that is {{x.c}}, number {{i}}."}"""));
        File.WriteAllLines(Path.Combine(Data, "interactions.csv"), Enumerable.Range(0, 12).SelectMany(u =>
            Enumerable.Range(0, 6).Select(t => $"u{u},i{(u * 7 + t * 3) % items.Length},{t}")).Prepend("user_id,item_id,timestamp"));

        var catalogue = Dataset.Load(Data).Catalogue;
        var ids = new SemanticIdOptions { Codebooks = new ResidualKMeansOptions(2, 4, 25, Seed: 0), Fallback = CollisionFallback.ExtraLevel };
        using (var made = CatalogueIds.Build(catalogue, new TfIdfEncoder(new TfIdfOptions()), ids))
            SemanticIdFolder.Save(Path.Combine(Data, Dataset.SemanticIdsName), catalogue, made, "tf-idf", ids);

        var texts = items.Select(x => $"{x.t}: a thing of {x.c} cloth; \"the {x.c} {x.t} is new\"").ToArray();
        var result = Pretraining.Run([new PretrainingText("tiny", texts)], new PretrainingOptions
        {
            VocabularySize = 300, HiddenSize = 64, Layers = 1, Window = 16, Training = new TrainingOptions(2, 2, 1e-3),
        });
        using (result.Pretrained)
            CheckpointFolder.Save(Model, result.Pretrained.Model, result.Pretrained.Tokenizer);
    }

    public string Data => Path.Combine(root, "tiny");

    public string Model => Path.Combine(root, "model");

    public string Records => Path.Combine(root, "records");

    public static StudyOptions Options { get; } = new()
    {
        GroundingSteps = 2, GroundingBatch = 4, FineTuningSteps = 3, FineTuningBatch = 4, FineTuningLearningRates = [1e-3], BeamWidth = 20, MaxHistory = 3,
        DomainWarmupSteps = 1,
    };

    public void Dispose() => Directory.Delete(root, recursive: true);
}
