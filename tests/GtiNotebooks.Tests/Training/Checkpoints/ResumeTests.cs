using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public sealed class ResumeTests : IDisposable
{
    private readonly string folder = TinyTraining.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(ScalarType.Float64, 1)]
    [InlineData(ScalarType.Float32, 7)]
    [InlineData(ScalarType.Float32, 19)]
    [InlineData(ScalarType.BFloat16, 10)] // weights of 16 bits, their float32 masters in the checkpoint
    public void ACancelledRunGoesOnToTheSameBits(ScalarType type, int stopAfter)
    {
        using var whole = TinyQwen3.Create(type);
        var expected = TinyTraining.Run(whole, validation: TinyTraining.Validation());
        var plan = new CheckpointPlan(folder);
        using (var broken = TinyQwen3.Create(type))
            Assert.Throws<OperationCanceledException>(() => TinyTraining.Run(broken, plan, stopAfter, validation: TinyTraining.Validation()));

        var steps = new List<int>();
        using var resumed = TinyQwen3.Create(type);
        var actual = TinyTraining.Run(resumed, plan, validation: TinyTraining.Validation(), report: p => steps.Add(p.Step));

        Assert.Equal(Enumerable.Range(stopAfter + 1, TinyTraining.Options.Steps - stopAfter), steps);
        Assert.Equal(expected.Losses, actual.Losses);
        Assert.Equal(expected.Validations, actual.Validations);
        Assert.Equal(expected.Examples, actual.Examples);
        Assert.Equal(TinyTraining.Bits(whole), TinyTraining.Bits(resumed));
    }

    /// <summary>What a reader does who interrupts a notebook's cell and runs it again: the model is the same object.</summary>
    [Fact]
    public void TheModelThatWasTrainedSoFarGoesOnToo()
    {
        using var whole = TinyQwen3.Create(ScalarType.BFloat16);
        TinyTraining.Run(whole);
        using var model = TinyQwen3.Create(ScalarType.BFloat16);
        var plan = new CheckpointPlan(folder, EverySteps: 2);

        Assert.Throws<OperationCanceledException>(() => TinyTraining.Run(model, plan, stopAfter: 5));
        Assert.Throws<OperationCanceledException>(() => TinyTraining.Run(model, plan, stopAfter: 9));
        TinyTraining.Run(model, plan);

        Assert.Equal(TinyTraining.Bits(whole), TinyTraining.Bits(model));
    }

    [Fact]
    public void AFinishedRunGivesItsResultAgainWithoutAStep()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var plan = new CheckpointPlan(folder);
        var first = TinyTraining.Run(model, plan, validation: TinyTraining.Validation());
        using var fresh = TinyQwen3.Create(ScalarType.Float32);

        var again = TinyTraining.Run(fresh, plan, validation: TinyTraining.Validation(), report: _ => Assert.Fail("a step was taken"));
        TinyTraining.Run(model, plan, validation: TinyTraining.Validation(), report: _ => Assert.Fail("a step was taken"));

        Assert.Equal(first.Losses, again.Losses);
        Assert.Equal(first.Best, again.Best);
        Assert.True(again.Seconds >= first.Seconds * 0.5);
        Assert.Equal(TinyTraining.Bits(model), TinyTraining.Bits(fresh));
    }

    [Fact]
    public void BestWeightsAndPatienceSurviveAnInterruption()
    {
        var scores = new Queue<double>([1, 5, 2, 3, 4]);
        TrainingValidation Plan() => new("script", _ => scores.Dequeue(), EverySteps: 2, Patience: 3);
        var plan = new CheckpointPlan(folder);
        string[]? best = null;
        using (var broken = TinyQwen3.Create(ScalarType.Float32))
        {
            Assert.Throws<OperationCanceledException>(() => TinyTraining.Run(broken, plan, stopAfter: 7, validation: Plan(), report: p =>
            {
                if (p.Step == 4)
                    best = TinyTraining.Bits(broken);
            }));
        }

        using var resumed = TinyQwen3.Create(ScalarType.Float32);
        var result = TinyTraining.Run(resumed, plan, validation: Plan());

        Assert.Equal(new ValidationScore(4, 5), result.Best);
        Assert.Equal(10, result.Losses.Count); // three measurements, at 6, 8 and 10, that were not better
        Assert.Equal(best, TinyTraining.Bits(resumed));
    }

    [Fact]
    public void FrozenWeightsAreNeitherSavedNorTouched()
    {
        using var whole = TinyQwen3.Create(ScalarType.Float32);
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var options = TinyTraining.Options;
        GroundingStage.Run(whole, new SampledExamples(), options);
        using var source = new CancellationTokenSource();
        var progress = new GroundingStageTests.Synchronous(p => { if (p.Step == 8) source.Cancel(); });
        var plan = new CheckpointPlan(folder);
        Assert.Throws<OperationCanceledException>(() => GroundingStage.Run(model, new SampledExamples(), options, progress, source.Token, checkpoints: plan));

        GroundingStage.Run(model, new SampledExamples(), options, checkpoints: plan);

        Assert.Equal(TinyTraining.Bits(whole), TinyTraining.Bits(model));
        using var file = SafeTensorsFile.Open(plan.LatestFile);
        Assert.Equal(["exp_avg.model.embed_tokens.new_weight", "exp_avg_sq.model.embed_tokens.new_weight", "losses", "rates", "weight.model.embed_tokens.new_weight"],
            file.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void DropoutGoesOnWithTheNumbersThatCameNext()
    {
        using var scope = NewDisposeScope();
        using var dropout = new SeededDropout(0.5, 3, CPU);
        dropout.Apply(ones(100));
        var saved = GeneratorStates.Save(dropout.Generator);
        var expected = dropout.Apply(ones(100));
        using var other = new SeededDropout(0.5, 4, CPU);

        GeneratorStates.Restore(other.Generator, saved);

        Assert.True(other.Apply(ones(100)).Equals(expected));
        Assert.Throws<FormatException>(() => GeneratorStates.Restore(other.Generator, "AAAA"));
    }

    [Fact]
    public void HalfAFileOfAKilledRunIsRemovedAndTheLastWholeOneRead()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var plan = new CheckpointPlan(folder);
        Assert.Throws<OperationCanceledException>(() => TinyTraining.Run(model, plan, stopAfter: 5));
        var half = plan.LatestFile + ".abc.tmp";
        File.WriteAllBytes(half, File.ReadAllBytes(plan.LatestFile)[..100]);
        var first = 0;

        TinyTraining.Run(model, plan, report: p => first = first == 0 ? p.Step : first);

        Assert.Equal(6, first);
        Assert.False(File.Exists(half));
    }

    [Fact]
    public void TwoRunsCannotShareAFolder()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        using var other = TinyQwen3.Create(ScalarType.Float32);
        var plan = new CheckpointPlan(folder);

        TinyTraining.Run(model, plan, options: TinyTraining.Options with { Steps = 1, WarmupSteps = 0 }, report: _ =>
            Assert.Contains(folder, Assert.Throws<IOException>(() => TinyTraining.Run(other, plan)).Message));
    }

    [Fact]
    public void ARunCancelledBeforeItsFirstStepLeavesNoCheckpoint()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var plan = new CheckpointPlan(folder);

        Assert.Throws<OperationCanceledException>(() => Trainer.Run(
            "tiny", model, new SampledExamples(), TinyTraining.Options, cancellation: new CancellationToken(canceled: true), checkpoints: plan));

        Assert.False(File.Exists(plan.LatestFile));
    }
}
