using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

/// <summary>Runs alone: the count of live tensors is one for the whole process.</summary>
[CollectionDefinition(nameof(TrainerLeakTests), DisableParallelization = true)]
[Collection(nameof(TrainerLeakTests))]
public class TrainerLeakTests
{
    [Theory]
    [InlineData(ScalarType.Float32, 1000)]
    [InlineData(ScalarType.BFloat16, 100)]
    public void LiveTensorsStayFlatOverManySteps(ScalarType dtype, int steps)
    {
        using var model = TinyQwen3.Create(dtype);
        var counts = new List<long>();

        Trainer.Run("flat", model, new GroundingStageTests.TinyExamples(), new TrainingOptions(steps, 2, 1e-3),
            new GroundingStageTests.Synchronous(p => counts.Add(Tensor.TotalCount)));

        Assert.InRange(counts[^1], 1, counts[9]); // finalizers of earlier tests may still lower it
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(long.MaxValue)]
    public void LiveTensorsStayFlatOnceAllPrefixesWereSeen(long memory)
    {
        using var model = TinyQwen3.Create();
        var before = Tensor.TotalCount;
        var counts = new List<long>();

        GroundingStage.Run(model, new SampledExamples(), new TrainingOptions(200, 4, 1e-3),
            new GroundingStageTests.Synchronous(p => counts.Add(Tensor.TotalCount)), prefixes: new PrefixReuse(memory));

        Assert.InRange(counts[^1], 1, counts[9]);
        Assert.InRange(Tensor.TotalCount, 0, before + model.NewParameters().Count()); // their gradients
    }

    [Fact]
    public void LiveTensorsStayFlatOverManyCheckpointsAndMeasurements()
    {
        var folder = TinyTraining.NewFolder();
        try
        {
            using var model = TinyQwen3.Create(ScalarType.BFloat16);
            var counts = new List<long>();
            var validation = TinyTraining.Validation() with { EverySteps = 1, Measure = m => -counts.Count }; // the first stays the best

            TinyTraining.Run(
                model, new CheckpointPlan(folder, EverySteps: 1), options: TinyTraining.Options with { Steps = 60 }, validation: validation,
                report: p => counts.Add(Tensor.TotalCount));

            Assert.InRange(counts[^1], 1, counts[9]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void GenerationKeepsNoTensors()
    {
        using var model = TinyQwen3.Create();
        var before = Tensor.TotalCount;

        TextGeneration.Generate(model, [[1, 4, 7], [3]], new GenerationOptions { Temperature = 1, SuppressTokens = [2], MaxNewTokens = 20 });

        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    [Fact]
    public void LiveTensorsStayFlatOverTheEpochsOfSasRec()
    {
        var counts = new List<long>();
        var training = new SasRecTraining(4, [[0, 1, 2, 3], [2, 3, 0], [1, 2]], [new(0, 2, [0, 1], 2), new(1, 1, [2], 3)],
            new SasRecOptions { Width = 8, BatchSize = 2, MaxEpochs = 60, Patience = 60 }, seed: 0);

        using var model = training.Run(new GroundingStageTests.Synchronous(p => counts.Add(Tensor.TotalCount))).Model;

        Assert.Equal(120, counts.Count);
        Assert.InRange(counts[^1], 1, counts[9]);
    }
}
