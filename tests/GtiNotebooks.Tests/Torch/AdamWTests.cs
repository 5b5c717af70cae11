using GtiNotebooks.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using AdamW = GtiNotebooks.Torch.AdamW;

namespace GtiNotebooks.Tests.Torch;

public class AdamWTests
{
    /// <summary>
    /// Rate 0.1, decay 0.5, gradients 2 and -4. The averages without bias are the gradient and its square, so a first step goes by the rate against the
    /// gradient's sign: from 1 to 1 (1 - 0.1 0.5) - 0.1 = 0.85, and from -2 to -1.9 + 0.1 = -1.8.
    /// </summary>
    [Fact]
    public void TheFirstStepIsWhatIsComputedByHand()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 1.0, -2.0 })) { grad = tensor(new[] { 2.0, -4.0 }) };
        using var optimizer = new AdamW([(parameter, 0.5)]);

        optimizer.Step(0.1);

        Assert.Equal([0.85, -1.8], parameter.detach().data<double>().ToArray().Select(value => Math.Round(value, 8)));
        Assert.Equal([0.2, -0.4], optimizer.States[0].Mean.data<double>().ToArray().Select(value => Math.Round(value, 12)));
        Assert.Equal([0.004, 0.016], optimizer.States[0].MeanSquare.data<double>().ToArray().Select(value => Math.Round(value, 12)));
        Assert.Equal(1, optimizer.States[0].Steps);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void StepsAreThoseOfTorchSharp(double decay)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var start = randn(400, 30, generator: generator);
        Parameter ours = new(start.clone()), theirs = new(start.clone());
        using var optimizer = new AdamW([(ours, decay)], beta2: 0.95);
        using var reference = optim.AdamW([theirs], 0.1, 0.9, 0.95, 1e-8, decay);
        for (var step = 1; step <= 20; step++)
        {
            var gradient = randn(400, 30, generator: generator);
            (ours.grad, theirs.grad) = (gradient.clone(), gradient.clone());
            optimizer.Step(0.1 / step);
            foreach (var group in reference.ParamGroups)
                group.LearningRate = 0.1 / step;
            reference.step();
        }

        Assert.True(allclose(theirs, ours, rtol: 1e-6, atol: 1e-6));
        Assert.False(allclose(start, ours, rtol: 0.1, atol: 0.1));
    }

    [Fact]
    public void ParametersWithoutGradientStayAndGradientsAreSetToZero()
    {
        using var scope = NewDisposeScope();
        Parameter still = new(ones(2)), moved = new(ones(2)) { grad = ones(2) };
        using var optimizer = new AdamW([(still, 0.5), (moved, 0.5)]);

        optimizer.Step(0.1);
        optimizer.ZeroGradients();

        Assert.Equal([1, 1], still.detach().data<float>().ToArray());
        Assert.Equal(0, optimizer.States[0].Steps);
        Assert.Null(still.grad);
        Assert.Equal([0, 0], moved.grad!.data<float>().ToArray());
    }
}
