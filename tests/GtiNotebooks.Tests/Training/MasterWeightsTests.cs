using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public class MasterWeightsTests
{
    /// <summary>Eight bits cannot hold 1 + 0.001, but they can hold the sum of ten such steps.</summary>
    [Fact]
    public void StepsTooSmallForBFloat16AddUp()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(1, ScalarType.BFloat16));
        using var weights = new MasterWeights([parameter]);
        using var optimizer = optim.SGD(weights.Parameters, 0.001);
        float After(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                optimizer.zero_grad();
                parameter.neg().sum().backward();
                weights.TakeGradients();
                optimizer.step();
                weights.GiveValues();
            }

            return parameter.detach().to(float32).ToSingle();
        }

        Assert.Equal(1, After(1));
        Assert.Equal(1.0078125f, After(9)); // 1.01, rounded
        Assert.Equal(1.01f, weights.Parameters[0].detach().ToSingle(), 1e-6);
        Assert.Equal(0, parameter.grad!.to(float32).ToSingle()); // taken, so the next step begins at none
    }

    [Fact]
    public void ParametersThatAreNotHalfAreTheirOwnMasters()
    {
        using var scope = NewDisposeScope();
        Parameter[] trained = [new(ones(2)), new(ones(2, ScalarType.BFloat16)), new(ones(2, float64))];

        using var weights = new MasterWeights(trained);

        Assert.Same(trained[0], weights.Parameters[0]);
        Assert.Equal(ScalarType.Float32, weights.Parameters[1].dtype);
        Assert.Same(trained[2], weights.Parameters[2]);
    }

    [Fact]
    public void GroundingMovesFloat32RowsBesideABFloat16Backbone()
    {
        using var model = TinyQwen3.Create(ScalarType.BFloat16);
        var before = model.named_parameters().ToDictionary(p => p.Item1, p => p.Item2.bytes.ToArray());

        var result = GroundingStage.Run(model, new GroundingStageTests.TinyExamples(), new TrainingOptions(50, 2, 1e-2));

        Assert.Equal(ScalarType.Float32, model.Embedding.New.dtype);
        Assert.Equal(["model.embed_tokens.new_weight"],
            model.named_parameters().Where(p => !p.Item2.bytes.ToArray().SequenceEqual(before[p.Item1])).Select(p => p.Item1));
        Assert.True(result.Losses[^1] < result.Losses[0]);
    }

    /// <summary>A step of 2e-5 is below half a unit of every weight above 0.01, so without float32 copies the norms' gains, near 1, would stand still.</summary>
    [Fact]
    public void FineTuningInBFloat16FollowsFloat32()
    {
        var options = new TrainingOptions(400, 2, 2e-5);
        using var half = TinyQwen3.Create(ScalarType.BFloat16);
        using var whole = TinyQwen3.Create(ScalarType.Float32);

        var losses = Trainer.Run("half", half, new GroundingStageTests.TinyExamples(), options).Losses;
        var expected = Trainer.Run("whole", whole, new GroundingStageTests.TinyExamples(), options).Losses;

        var fall = expected[0] - expected[^1];
        Assert.True(fall > 0);
        Assert.Equal(fall, losses[0] - losses[^1], 0.3 * fall);
    }
}
