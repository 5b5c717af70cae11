using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public class TrainerTests
{
    /// <summary>The two examples have answers of four and three tokens: a plain mean of the parts' means would be another loss.</summary>
    [Fact]
    public void MicroBatchesHaveTheLossAndTheGradientsOfTheWholeBatch()
    {
        using var scope = NewDisposeScope();
        using var whole = TinyQwen3.Create();
        using var parts = TinyQwen3.Create();
        var loss = TokenBatch.Of(TinyQwen3.Examples, whole).Loss(whole);
        loss.backward();

        var summed = Trainer.AccumulateGradients(parts, TinyQwen3.Examples, microBatchSize: 1);

        Assert.Equal(loss.ToDouble(), summed, 12);
        foreach (var (expected, actual) in whole.parameters().Zip(parts.parameters()))
            Assert.True(allclose(expected.grad!, actual.grad!, rtol: 1e-10, atol: 1e-12));
    }
}
