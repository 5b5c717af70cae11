using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Host.LanguageModels;
using GtiNotebooks.Models;
using GtiNotebooks.Training;

namespace GtiNotebooks.Host.Tests.LanguageModels;

public sealed class BundledModelTests : IDisposable
{
    private static readonly string[] FileNames = ["data.noun", "data.verb", "data.adj", "data.adv"];

    private static readonly PretrainingOptions Options = new()
    {
        VocabularySize = 700, HiddenSize = 32, Layers = 1, Window = 16, Training = new TrainingOptions(2, 2, 1e-3),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("gti-model-").FullName;
    private readonly IReadOnlyList<PretrainingText> sources;

    public BundledModelTests()
    {
        foreach (var name in FileNames)
            File.WriteAllText(Path.Combine(folder, name), "");
        File.WriteAllText(Path.Combine(folder, "data.noun"), "00000001 06 n 02 bolt 0 screw 0 000 | a metal pin\n");
        var goods = GoodsCorpus.Generate(250).ToArray();
        sources = [new("first", goods[..150]), new("second", goods[150..])];
    }

    private string Model => Path.Combine(folder, "model");

    private string Card => File.ReadAllText(Path.Combine(Model, "README.md"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Writes_the_model_its_record_and_a_card_of_the_same_numbers()
    {
        var record = Make();

        using var pretrained = CheckpointFolder.Load(Model);
        var again = HeldOutTexts.Measure(pretrained, sources);
        Assert.Equal(record.HeldOut.BySource, again.BySource);
        Assert.Equal(record.HeldOut.Mean, again.Mean);
        Assert.Equal((2, 1), (record.Sources[0].HeldOutTexts, record.Sources[1].HeldOutTexts));
        Assert.Equal(record.Parameters, pretrained.Model.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(record.Knowledge.Definitions, new ModelFiles(Model).Pretraining!.Knowledge.Definitions);
        Assert.Contains(FormattableString.Invariant($"{record.HeldOut.BySource["first"]:F3} bits per byte on first"), Card);
        Assert.Contains("No sweep is on record", Card);
        Assert.Contains("hammer:", Card);
    }

    [Fact]
    public void The_mean_weighs_sources_by_their_bytes()
    {
        var heldOut = Make().HeldOut;
        var bytes = sources.Select(source => (double)source.HeldOut.Sum(System.Text.Encoding.UTF8.GetByteCount)).ToArray();
        var expected = (heldOut.BySource["first"] * bytes[0] + heldOut.BySource["second"] * bytes[1]) / bytes.Sum();
        Assert.Equal(expected, heldOut.Mean, 1e-4);
    }

    [Fact]
    public void A_training_goes_on_where_it_was_broken_off()
    {
        Make();
        var whole = CheckpointFolder.Sha256Of(Model);
        Directory.Delete(Model, recursive: true);

        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => BundledModel.Make(Model, sources, Options, folder, new StopAfter(1, stop), stop.Token));
        Assert.False(Directory.Exists(Model));
        var rest = new List<string>();
        BundledModel.Make(Model, sources, Options, folder, new Stages(rest), default);
        Assert.Single(rest); // the second of two steps
        Assert.Equal(whole, CheckpointFolder.Sha256Of(Model));
        Assert.False(Directory.Exists(Model + ".checkpoint"));
    }

    [Fact]
    public void A_sweep_goes_on_where_it_was_broken_off()
    {
        Make();
        var files = new ModelFiles(Model);
        var candidates = new[] { 1e-3, 2e-3 }.Select(rate => Options with { Training = Options.Training with { LearningRate = rate } }).ToArray();
        var trained = new List<string>();
        PretrainingSweep.Run(files, sources, candidates[..1], _ => { }, new Stages(trained), default);
        Assert.Equal(2, trained.Count);

        var finished = new List<double>();
        PretrainingSweep.Run(files, sources, candidates, trial => finished.Add(trial.LearningRate), new Stages(trained), default);
        Assert.Equal(4, trained.Count); // two steps more: the first trial was not repeated
        Assert.Equal([1e-3, 2e-3], finished);
        Assert.Equal([1e-3, 2e-3], files.Sweep.Select(trial => trial.LearningRate));

        Make();
        Assert.Contains("2 steps each, seed 0", Card);
    }

    [Fact]
    public void A_warm_up_joins_the_card_and_replaces_its_forerunner()
    {
        Make();
        BundledModel.AddWarmup(Model, "shop", _ => new DomainWarmupEffect(100, 10, 3, 2.5, 1.25));
        BundledModel.AddWarmup(Model, "shop", _ => new DomainWarmupEffect(100, 10, 7, 2.5, 1.125));
        Assert.Equal([7], new ModelFiles(Model).Warmups.Select(warmup => warmup.Effect.Steps));
        Assert.Contains("| shop | 10 of 100 | 7 | 2.500 | 1.125 |", Card);
    }

    [Fact]
    public void A_new_model_does_not_keep_what_was_measured_on_the_old_one()
    {
        Make();
        BundledModel.AddWarmup(Model, "shop", _ => new DomainWarmupEffect(100, 10, 3, 2.5, 1.25));
        Make();
        Assert.Empty(new ModelFiles(Model).Warmups);
    }

    [Fact]
    public void A_sweep_needs_a_model_to_stand_beside() => Assert.Contains(
        "holds no model", Assert.Throws<IOException>(() => PretrainingSweep.Run(new ModelFiles(Model), sources, [], _ => { }, new Stages([]), default)).Message);

    [Fact]
    public void Records_of_another_make_are_named()
    {
        Directory.CreateDirectory(Model);
        File.WriteAllText(Path.Combine(Model, "sweep.json"), "[\n{\"colour\": 1}]");
        var message = Assert.Throws<InvalidDataException>(() => new ModelFiles(Model).Sweep).Message;
        Assert.Contains("sweep.json, line 2", message);
    }

    [Fact]
    public void The_bundled_card_is_the_one_its_records_give()
    {
        var bundled = Repository.Find().BundledModel;
        var files = new ModelFiles(bundled);
        Assert.Equal(ModelCard.Text(files.Pretraining!, files.Sweep, files.Warmups), File.ReadAllText(Path.Combine(bundled, "README.md")));
    }

    private PretrainingRecord Make() => BundledModel.Make(Model, sources, Options, folder, new Stages([]), default);

    private sealed class StopAfter(int step, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
                stop.Cancel();
        }
    }

    private sealed class Stages(List<string> stages) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => stages.Add(value.Stage);
    }
}
