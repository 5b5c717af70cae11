using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Torch;

/// <summary>A parameter, and what AdamW remembers of it. Both averages are 0 at first.</summary>
internal sealed class AdamWState(Parameter parameter, double weightDecay) : IDisposable
{
    public Parameter Parameter => parameter;

    /// <summary>Decoupled: each step shrinks the parameter by this share of the learning rate.</summary>
    public double WeightDecay => weightDecay;

    /// <summary>Moving average of the gradients.</summary>
    public Tensor Mean { get; } = zeros_like(parameter).DetachFromDisposeScope();

    /// <summary>Moving average of their squares.</summary>
    public Tensor MeanSquare { get; } = zeros_like(parameter).DetachFromDisposeScope();

    /// <summary>How often the parameter was changed.</summary>
    public long Steps { get; set; }

    public void Dispose()
    {
        Mean.Dispose();
        MeanSquare.Dispose();
    }
}

/// <summary>
/// AdamW (Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019, algorithm 2); without weight decay it is Adam. It computes the bits of
/// TorchSharp's, whose steps make temporary scalars (<see cref="Scalars"/>).
/// </summary>
/// <param name="parameters">What to train, each with its weight decay.</param>
/// <param name="beta2">Decay of the average of squares.</param>
internal sealed class AdamW(IEnumerable<(Parameter Parameter, double WeightDecay)> parameters, double beta2 = 0.999) : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Epsilon = 1e-8;

    /// <summary>In the order given.</summary>
    public IReadOnlyList<AdamWState> States { get; } = [.. parameters.Select(p => new AdamWState(p.Parameter, p.WeightDecay))];

    /// <summary>Sets the gradients that are there to 0.</summary>
    public void ZeroGradients()
    {
        using var scope = NewDisposeScope(); // zero_ returns a new tensor
        foreach (var state in States)
            state.Parameter.grad?.zero_();
    }

    /// <summary>Changes the parameters by their gradients; one without gradient is passed over.</summary>
    public void Step(double learningRate)
    {
        using var frozen = no_grad();
        using var oldMean = Beta1.ToScalar();
        using var newMean = (1 - Beta1).ToScalar();
        using var oldSquare = beta2.ToScalar();
        using var newSquare = (1 - beta2).ToScalar();
        using var epsilon = Epsilon.ToScalar();
        foreach (var state in States)
        {
            using var scope = NewDisposeScope();
            if (state.Parameter.grad is not { } gradient)
                continue;
            state.Steps++;
            using var kept = (1 - learningRate * state.WeightDecay).ToScalar();
            using var unbias = Math.Sqrt(1 - Math.Pow(beta2, state.Steps)).ToScalar();
            using var change = (-learningRate / (1 - Math.Pow(Beta1, state.Steps))).ToScalar();
            if (state.WeightDecay != 0)
                state.Parameter.mul_(kept);
            state.Mean.mul_(oldMean).add_(gradient, newMean);
            state.MeanSquare.mul_(oldSquare).addcmul_(gradient, gradient, newSquare);
            state.Parameter.addcdiv_(state.Mean, state.MeanSquare.sqrt().div_(unbias).add_(epsilon, Scalars.One), change);
        }
    }

    public void Dispose()
    {
        foreach (var state in States)
            state.Dispose();
    }
}
