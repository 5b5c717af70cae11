using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public class TrainingMemoryTests
{
    // tiny_qwen3: table 13 x 8; two layers of queries and output 2 x 8 x 16, keys and values 2 x 8 x 8, norms 2 x 4 and 2 x 8, feed-forward 3 x 8 x 12; norm 8.
    private const long Numbers = 13 * 8 + 2 * (256 + 128 + 8 + 16 + 288) + 8;

    private static readonly TrainingOptions Options = new(Steps: 10, BatchSize: 64, LearningRate: 1e-3);

    [Fact]
    public void FineTuningTakesSixteenBytesANumber()
    {
        var memory = TrainingMemory.Estimate(TinyQwen3.Config, Options, new TrainingLoad(NewTokens: 5, PromptTokens: 20, AnswerTokens: 3));

        const long all = Numbers + 5 * 8;
        Assert.Equal(1504, Numbers);
        Assert.Equal((4 * all, 4 * all, 8 * all, 0L, 0L), (memory.Weights, memory.Gradients, memory.Moments, memory.MasterCopies, memory.Snapshots));
        Assert.Equal(16 * all, memory.Standing);
        // A token keeps 12 x 8 + 8 x 16 + 6 x 8 + 3 x 4 x 20 + 4 x 12 = 560 numbers in each of two layers; three answers of 18 logits count three times.
        Assert.Equal(4 * (2 * 20 * 560 + 3 * 3 * 18), memory.ForEachPrompt);
        Assert.Equal(16, memory.MicroBatch);
        Assert.Equal(memory.Standing + 16 * memory.ForEachPrompt, memory.Total);
    }

    [Fact]
    public void HalfPrecisionKeepsFloatCopies()
    {
        var load = new TrainingLoad(5, 20, 3) { Dtype = ScalarType.BFloat16, Snapshots = 2 };
        var memory = TrainingMemory.Estimate(TinyQwen3.Config, Options, load);
        Assert.Equal(2 * Numbers + 160, memory.Weights);
        Assert.Equal(2 * Numbers + 160, memory.Gradients);
        Assert.Equal(8 * (Numbers + 40), memory.Moments);
        Assert.Equal(8 * Numbers, memory.MasterCopies);
        Assert.Equal(2 * memory.Weights, memory.Snapshots);
    }

    [Fact]
    public void GroundingTrainsNewRowsOnlyTwiceOverWhereTheHeadIsSeparate()
    {
        var config = TinyModels.Config("tiny_llama");
        var memory = TrainingMemory.Estimate(config, Options with { BatchSize = 4 }, new TrainingLoad(5, 20, 3) { Trained = TrainedPart.NewRows });
        Assert.Equal(4 * 2 * 5 * 8, memory.Gradients);
        Assert.Equal(2 * memory.Gradients, memory.Moments);
        Assert.Equal(4 * config.ParameterCount + memory.Gradients, memory.Weights);
        Assert.Equal(4, memory.MicroBatch); // a batch of four is a micro-batch of four
    }

    /// <summary>Standing memory of a training is what its tensors take.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void WhatStandsIsWhatTheTensorsTake(ScalarType dtype)
    {
        using var model = TinyQwen3.Create(dtype);
        using var optimizer = new WeightOptimizer(model, Options);
        var moments = optimizer.Tensors().Where(t => t.Name.StartsWith("exp_avg")).Sum(t => t.Value.numel() * t.Value.element_size());
        var memory = TrainingMemory.Estimate(TinyQwen3.Config, Options, new TrainingLoad(TinyModels.NewIds.Length, 20, 3) { Dtype = dtype });
        Assert.Equal(model.parameters().Sum(p => p.numel() * p.element_size()), memory.Weights);
        Assert.Equal(moments, memory.Moments);
    }

    /// <summary>README's numbers of Qwen3-0.6B.</summary>
    [Fact]
    public void APublishedModelNeedsWhatTheReadmeSays()
    {
        var config = new ModelConfig(151_936, 1024, 3072, 28, 16, 8, 128, 1e-6, 1_000_000, 40_960, 151_645);
        Assert.Equal(596_049_920, config.ParameterCount);
        TrainingMemory Of(TrainingLoad load) => TrainingMemory.Estimate(config, Options, load);
        Assert.Equal(9.5, Of(new TrainingLoad(0, 100, 4)).Standing / 1e9, 0.05);
        Assert.Equal(11.9, Of(new TrainingLoad(0, 100, 4) { Dtype = ScalarType.BFloat16 }).Standing / 1e9, 0.05);
        Assert.Equal(14.3, Of(new TrainingLoad(0, 100, 4) { Snapshots = 2 }).Standing / 1e9, 0.05);
        Assert.Equal(9e6, Of(new TrainingLoad(560, 100, 4) { Trained = TrainedPart.NewRows }).Standing - 4 * 596_049_920d, 0.5e6);
    }

    [Fact]
    public void AdviceSaysWhatWouldFit()
    {
        var memory = new TrainingMemory(4_000_000_000, 0, 0, 0, 0, ForEachPrompt: 500_000_000, MicroBatch: 16);
        Assert.Null(memory.AdviceFor(12_000_000_000));
        Assert.Contains("needs about 12.0 GB of memory, and 6.2 GB are free. A micro-batch of 4 prompts would fit", memory.AdviceFor(6_200_000_000));
        Assert.Contains("alone are 4.0 GB, whatever the batch", memory.AdviceFor(4_100_000_000));
    }

    [Theory]
    [InlineData(-1, 1, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 0)]
    public void ImpossibleLoadsAreRefused(int newTokens, int promptTokens, int answerTokens) =>
        Assert.ThrowsAny<ArgumentException>(() => TrainingMemory.Estimate(TinyQwen3.Config, Options, new TrainingLoad(newTokens, promptTokens, answerTokens)));

    [Fact]
    public void FreeMemoryIsRead()
    {
        Assert.Equal(2048L * 1024, FreeMemory.Parse(["MemTotal:       9 kB", "MemAvailable:    2048 kB"]));
        Assert.Null(FreeMemory.Parse(["MemTotal:       9 kB"]));
        Assert.InRange(FreeMemory.Bytes(), 1L << 20, 1L << 50);
    }
}
