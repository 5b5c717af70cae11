using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public class WeightOptimizerTests
{
    private static readonly TrainingOptions Options = new(10, 1, 0.1) { WeightDecay = 0.5 };

    /// <summary>
    /// AdamW passes over a parameter that never had a gradient, but one whose gradient is zero goes on moving by its moments. A restored optimizer must
    /// know the one from the other, though no gradient is saved.
    /// </summary>
    [Fact]
    public void ARestoredOptimizerMovesWhatHadAGradientOnceAndNothingElse()
    {
        using var scope = NewDisposeScope();
        using var model = TinyQwen3.Create(ScalarType.Float32);
        using var weights = new WeightOptimizer(model, Options);
        model.Embedding.New.grad = ones_like(model.Embedding.New);
        weights.Step(0.1, 1);
        using var other = TinyQwen3.Create(ScalarType.Float32);
        using var restored = new WeightOptimizer(other, Options);
        var saved = weights.Tensors().ToDictionary(t => t.Name, t => t.Value.detach().clone());
        var before = TinyTraining.Bits(model);

        restored.Restore((name, value) => CopyInto(value, saved[name]), weights.Counts());
        Assert.Equal(before, TinyTraining.Bits(other));
        foreach (var optimizer in new[] { weights, restored })
        {
            optimizer.ZeroGradients();
            optimizer.Step(0.1, 1);
        }

        var after = TinyTraining.Bits(model);
        Assert.Equal(after, TinyTraining.Bits(other));
        Assert.Equal("model.embed_tokens.new_weight", Assert.Single(after.Except(before)).Split(' ')[0]);
        Assert.Equal(2, restored.Counts()["model.embed_tokens.new_weight"]);
        Assert.Equal(0, restored.Counts()["model.norm.weight"]);
    }

    [Fact]
    public void AModelWithNothingToTrainIsRefused()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        foreach (var parameter in model.parameters())
            parameter.requires_grad = false;

        Assert.Throws<ArgumentException>(() => new WeightOptimizer(model, Options));
    }

    private static void CopyInto(Tensor target, Tensor value)
    {
        using var frozen = no_grad();
        target.copy_(value);
    }
}
