using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

/// <summary>The grounding stage with frozen prefixes reused.</summary>
public sealed class GroundingPrefixTests : IDisposable
{
    private readonly string folder = TinyTraining.NewFolder();

    [Theory]
    [InlineData("tiny_qwen3")]
    [InlineData("tiny_qwen2")]
    public void TheStageTakesTheStepsOfThePlainOne(string variant)
    {
        using var plain = TinyModels.Create(variant);
        using var reusing = TinyModels.Create(variant);
        var pretrained = Pretrained(reusing);

        var expected = GroundingStage.Run(plain, new SampledExamples(), TinyTraining.Options);
        var actual = GroundingStage.Run(reusing, new SampledExamples(), TinyTraining.Options, prefixes: PrefixReuse.Unlimited);

        Assert.Equal(TinyTraining.Options.Steps, actual.Losses.Count);
        Assert.All(expected.Losses.Zip(actual.Losses), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        foreach (var (rows, same) in plain.NewParameters().Zip(reusing.NewParameters()))
            Assert.True(allclose(rows, same, rtol: 0, atol: 1e-9));
        Assert.Equal(pretrained, Pretrained(reusing));
        Assert.All(reusing.parameters(), p => Assert.True(p.requires_grad));
    }

    [Fact]
    public void TheAmountOfMemoryChangesNoBit()
    {
        string[] Run(long memory)
        {
            using var model = TinyQwen3.Create(ScalarType.Float32);
            GroundingStage.Run(model, new SampledExamples(), TinyTraining.Options, prefixes: new PrefixReuse(memory));
            return TinyTraining.Bits(model);
        }

        var unlimited = Run(long.MaxValue);
        Assert.Equal(unlimited, Run(0));
        Assert.Equal(unlimited, Run(700));
    }

    [Fact]
    public void AStageGoesOnWithAnEmptyMemoryToTheSameBits()
    {
        using var whole = TinyQwen3.Create(ScalarType.Float32);
        GroundingStage.Run(whole, new SampledExamples(), TinyTraining.Options, prefixes: PrefixReuse.Unlimited);
        using var model = TinyQwen3.Create(ScalarType.Float32);
        BreakOff(model, PrefixReuse.Unlimited);

        GroundingStage.Run(model, new SampledExamples(), TinyTraining.Options, checkpoints: new CheckpointPlan(folder), prefixes: new PrefixReuse(500));

        Assert.Equal(TinyTraining.Bits(whole), TinyTraining.Bits(model));
    }

    [Fact]
    public void ACheckpointOfTheOtherWayIsRefused()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        BreakOff(model, null);

        var error = Assert.Throws<InvalidDataException>(() => GroundingStage.Run(
            model, new SampledExamples(), TinyTraining.Options, checkpoints: new CheckpointPlan(folder), prefixes: PrefixReuse.Unlimited));

        Assert.Contains("PrefixReuse is unknown there and on here", error.Message);
    }

    [Fact]
    public void TrainingTheWholeModelWithReuseIsRefused()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var before = TinyTraining.Bits(model);

        var error = Assert.Throws<InvalidOperationException>(
            () => Trainer.Run("whole", model, new SampledExamples(), TinyTraining.Options, prefixes: PrefixReuse.Unlimited));

        Assert.Contains("requires gradients", error.Message);
        Assert.Equal(before, TinyTraining.Bits(model));
    }

    [Fact]
    public void AWeightThatIsChangedMeanwhileFailsTheStage()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var progress = new GroundingStageTests.Synchronous(p =>
        {
            using var frozen = no_grad();
            if (p.Step == 5)
                model.Embedding.Text.mul_(2);
        });

        var error = Assert.Throws<InvalidOperationException>(
            () => GroundingStage.Run(model, new SampledExamples(), TinyTraining.Options, progress, prefixes: PrefixReuse.Unlimited));

        Assert.Contains("model.embed_tokens.weight was changed", error.Message);
    }

    [Fact]
    public void NegativeMemoryIsRefused()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);

        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => GroundingStage.Run(model, new SampledExamples(), TinyTraining.Options, prefixes: new PrefixReuse(-1)));

        Assert.Contains(nameof(PrefixReuse.MemoryBytes), error.Message);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void BreakOff(CausalLM model, PrefixReuse? prefixes)
    {
        using var source = new CancellationTokenSource();
        var progress = new GroundingStageTests.Synchronous(p => { if (p.Step == 8) source.Cancel(); });
        Assert.Throws<OperationCanceledException>(() => GroundingStage.Run(
            model, new SampledExamples(), TinyTraining.Options, progress, source.Token, checkpoints: new CheckpointPlan(folder), prefixes: prefixes));
    }

    private static string[] Pretrained(CausalLM model) => [.. TinyTraining.Bits(model).Where(bits => !bits.Contains("new_weight", StringComparison.Ordinal))];
}
