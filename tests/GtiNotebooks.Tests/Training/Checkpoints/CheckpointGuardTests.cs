using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public sealed class CheckpointGuardTests : IDisposable
{
    private readonly string folder = TinyTraining.NewFolder();
    private readonly CheckpointPlan plan;

    public CheckpointGuardTests()
    {
        plan = new CheckpointPlan(folder);
        using var model = Start();
        Assert.Throws<OperationCanceledException>(() => TinyTraining.Run(model, plan, stopAfter: 5));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void OtherOptionsAreRefusedByName()
    {
        var options = TinyTraining.Options with { LearningRate = 2e-2, Beta2 = 0.9 };

        var message = Refusal(model => TinyTraining.Run(model, plan, options: options));

        Assert.Contains("checkpoint.safetensors", message);
        Assert.Contains("LearningRate is 0.01 there and 0.02 here", message);
        Assert.Contains("Beta2 is 0.95 there and 0.9 here", message);
    }

    [Fact]
    public void AnotherScheduleIsRefused() => Assert.Contains(
        "Schedule is CosineSchedule",
        Refusal(model => TinyTraining.Run(model, plan, options: TinyTraining.Options with { Schedule = RateSchedule.WarmupStableDecay(4) })));

    [Fact]
    public void AnotherValidationIsRefused() => Assert.Contains(
        "Validation is none there and minus loss every 4 steps, patience 100 here",
        Refusal(model => TinyTraining.Run(model, plan, validation: TinyTraining.Validation())));

    [Fact]
    public void OtherAdaptersAreRefused()
    {
        var adapted = new CheckpointPlan(Path.Combine(folder, "adapted"));
        void Train(double alpha, int stopAfter)
        {
            using var model = Start();
            LoraAdapters.Attach(model, new LoraOptions(Rank: 2, alpha, Dropout: 0) { EmbeddingTraining = EmbeddingTraining.Frozen }, seed: 1);
            TinyTraining.Run(model, adapted, stopAfter);
        }

        Assert.Throws<OperationCanceledException>(() => Train(alpha: 4, stopAfter: 2));
        Assert.Contains("alpha 4, dropout 0 there and alpha 8, dropout 0 here", Assert.Throws<InvalidDataException>(() => Train(alpha: 8, stopAfter: 3)).Message);
    }

    [Fact]
    public void AnotherStageIsRefused() =>
        Assert.Contains("the stage is 'tiny' there and 'other' here", Refusal(model =>
            Trainer.Run("other", model, new SampledExamples(), TinyTraining.Options, checkpoints: plan)));

    [Fact]
    public void OtherExamplesAreRefused() =>
        Assert.Contains("the first step has other examples", Refusal(model => TinyTraining.Run(model, plan, examples: new SampledExamples(seed: 1))));

    [Fact]
    public void OtherStartWeightsAreRefusedByName() =>
        Assert.Contains("the trained parameter model.norm.weight has neither the values", Refusal(model =>
        {
            Change(model, "model.norm.weight");
            TinyTraining.Run(model, plan);
        }));

    [Fact]
    public void OtherFrozenWeightsAreRefusedByName()
    {
        var grounding = new CheckpointPlan(Path.Combine(folder, "grounding"));
        using (var model = Start())
            GroundingStage.Run(model, new SampledExamples(), TinyTraining.Options, checkpoints: grounding);

        Assert.Contains("the frozen parameter model.norm.weight has other values", Refusal(model =>
        {
            Change(model, "model.norm.weight");
            GroundingStage.Run(model, new SampledExamples(), TinyTraining.Options, checkpoints: grounding);
        }));
    }

    [Fact]
    public void AnotherTypeOfWeightsIsRefused()
    {
        using var model = TinyQwen3.Create(ScalarType.Float64);

        var message = Assert.Throws<InvalidDataException>(() => TinyTraining.Run(model, plan)).Message;

        Assert.Contains("Float32 [13, 8], trained there and Float64 [13, 8], trained here", message);
        Assert.Contains("more", message);
    }

    [Fact]
    public void OtherGeneratorsAreRefused()
    {
        using var generator = new Generator(1);
        var other = plan with { Generators = new Dictionary<string, Generator> { ["dropout"] = generator } };

        Assert.Contains("the generators are [] there and [dropout] here", Refusal(model => TinyTraining.Run(model, other)));
    }

    [Fact]
    public void ARefusedModelIsAsItWas()
    {
        using var model = Start();
        var before = TinyTraining.Bits(model);

        Assert.Throws<InvalidDataException>(() => TinyTraining.Run(model, plan, options: TinyTraining.Options with { ClipNorm = 3 }));

        Assert.Equal(before, TinyTraining.Bits(model));
    }

    [Fact]
    public void FilesThatAreNoCheckpointsAreRefused()
    {
        File.WriteAllText(plan.LatestFile, "not a checkpoint at all");
        Assert.Contains("checkpoint.safetensors", Refusal(model => TinyTraining.Run(model, plan)));

        using (var stream = File.Create(plan.LatestFile))
        using (var value = ones(1))
            SafeTensors.Save(stream, [("weights", value)]);
        Assert.Contains("has no note 'training'", Refusal(model => TinyTraining.Run(model, plan)));
    }

    private static CausalLM Start() => TinyQwen3.Create(ScalarType.Float32);

    private static string Refusal(Action<CausalLM> run)
    {
        using var model = Start();
        return Assert.Throws<InvalidDataException>(() => run(model)).Message;
    }

    private static void Change(CausalLM model, string name)
    {
        using var frozen = no_grad();
        model.named_parameters().Single(p => p.name == name).parameter.add_(1e-3);
    }
}
