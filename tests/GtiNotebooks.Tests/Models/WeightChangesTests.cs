using GtiNotebooks.Models;
using GtiNotebooks.Training;
using GtiNotebooks.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public class WeightChangesTests
{
    [Fact]
    public void EveryNumberIsCountedInOnePart()
    {
        using var model = TinyQwen3.Create();
        using var before = WeightSnapshot.Take(model);

        var parts = WeightChanges.Between(before, model);

        Assert.Equal(["new rows", "pretrained rows", "attention", "feed-forward", "norms"], parts.Select(part => part.Part));
        Assert.Equal(model.parameters().Sum(p => p.numel()), parts.Sum(part => part.Numbers));
        Assert.Equal(model.Embedding.New.numel(), parts[0].Numbers);
        Assert.Equal(model.Embedding.Text.numel(), parts[1].Numbers);
        Assert.All(parts, part => Assert.Equal((0L, 0.0), (part.Changed, part.LargestChange)));
    }

    [Fact]
    public void WhatChangedIsFoundWhereItIs()
    {
        using var model = TinyQwen3.Create();
        using var before = WeightSnapshot.Take(model);
        using (no_grad())
        {
            model.Embedding.New[0, 1].add_(0.25);
            model.Embedding.New[1, 0].sub_(0.5);
            model.get_parameter("model.layers.0.mlp.up_proj.weight")![2, 3].add_(1);
        }

        var parts = WeightChanges.Between(before, model).ToDictionary(part => part.Part);

        Assert.Equal(2, parts["new rows"].Changed);
        Assert.Equal(0.5, parts["new rows"].LargestChange, 6);
        Assert.Equal(1, parts["feed-forward"].Changed);
        Assert.Equal(0, parts["pretrained rows"].Changed + parts["attention"].Changed + parts["norms"].Changed);
    }

    [Theory]
    [InlineData("tiny_qwen2")]
    [InlineData("tiny_llama")]
    public void GroundingChangesNewRowsAloneAlsoWhereTheHeadIsSeparate(string variant)
    {
        using var model = TinyModels.Create(variant, ScalarType.Float32);
        using var before = WeightSnapshot.Take(model);

        GroundingStage.Run(model, new GroundingStageTests.TinyExamples(), new TrainingOptions(Steps: 2, BatchSize: 2, LearningRate: 1e-2));

        var parts = WeightChanges.Between(before, model);
        Assert.Equal(model.NewParameters().Sum(p => p.numel()), parts[0].Numbers);
        Assert.True(parts[0].Changed > 0);
        Assert.All(parts.Skip(1), part => Assert.Equal(0, part.Changed));
    }

    [Fact]
    public void ACopyFromBeforeTheExtensionIsRefused()
    {
        using var model = TinyQwen3.Create();
        using var before = WeightSnapshot.Of(model.named_parameters().Where(p => !p.name.EndsWith("new_weight", StringComparison.Ordinal)).Select(p => (p.name, (Tensor)p.parameter)));

        Assert.Contains("new_weight", Assert.Throws<ArgumentException>(() => WeightChanges.Between(before, model)).Message);
    }
}
