using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training.Losses;

/// <summary>The head in blocks gives loss and gradients of the head at once.</summary>
public class AnswerStatesTests
{
    public static TheoryData<string, bool, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool, int>();
            foreach (var name in new[] { "tiny_qwen3", "tiny_llama" }) // a tied and a separate head
            {
                foreach (var frozen in new[] { false, true })
                {
                    foreach (var states in new[] { 1, 2, 100 })
                        cases.Add(name, frozen, states);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BlocksAddUp(string name, bool isFrozen, int statesAtOnce)
    {
        using var scope = NewDisposeScope();
        var (loss, gradients) = Gradients(name, isFrozen, states =>
        {
            var mean = states.Mean() * 0.25;
            mean.backward();
            return mean.ToDouble();
        });
        var (lossInBlocks, inBlocks) = Gradients(name, isFrozen, states =>
        {
            Assert.True(states.Targets.shape[0] > 3);
            return states.AddGradients(0.25, statesAtOnce * 18L); // 13 pretrained rows and 5 new ones
        });

        Assert.Equal(loss, lossInBlocks, 1e-12);
        Assert.Equal(gradients.Keys, inBlocks.Keys);
        Assert.Equal(isFrozen ? (name == "tiny_qwen3" ? 1 : 2) : gradients.Count, gradients.Count);
        foreach (var (parameter, gradient) in gradients)
            Assert.True((gradient - inBlocks[parameter]).abs().max().ToDouble() < 1e-12, parameter);
    }

    [Fact]
    public void StatesThatNothingTrainedMadeStillTrainTheRowsThatScoreThem()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create("tiny_qwen3");
        foreach (var parameter in model.PretrainedParameters())
            parameter.requires_grad_(false);
        var states = new AnswerStates(model, ones(4, model.Config.HiddenSize, float64), tensor(new long[] { 1, 2, 3, 13 }));
        states.Mean().backward();
        var expected = model.Embedding.New.grad!.clone();
        model.zero_grad();

        states.AddGradients(1, 18);

        Assert.True((model.Embedding.New.grad! - expected).abs().max().ToDouble() < 1e-12);
    }

    private static (double Loss, Dictionary<string, Tensor> Gradients) Gradients(string name, bool isFrozen, Func<AnswerStates, double> run)
    {
        using var model = TinyModels.Create(name);
        if (isFrozen)
        {
            foreach (var parameter in model.PretrainedParameters().ToArray())
                parameter.requires_grad_(false);
        }

        var loss = run(TokenBatch.Of(TinyModels.Examples, model).Predict(model));
        return (loss, model.named_parameters().Where(p => p.parameter.grad is not null).ToDictionary(p => p.name, p => p.parameter.grad!.clone()));
    }
}
