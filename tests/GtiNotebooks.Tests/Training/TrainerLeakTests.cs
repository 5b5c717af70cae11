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
    [Fact]
    public void LiveTensorsStayFlatOverAThousandSteps()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var counts = new List<long>();

        Trainer.Run("flat", model, new GroundingStageTests.TinyExamples(), new TrainingOptions(1000, 2, 1e-3),
            new GroundingStageTests.Synchronous(p => counts.Add(Tensor.TotalCount)));

        Assert.InRange(counts[^1], 1, counts[9]); // finalizers of earlier tests may still lower it
    }
}
