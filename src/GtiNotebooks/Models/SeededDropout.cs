using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// Inverted dropout (Srivastava et al., 2014) with a generator of its own. PyTorch's draws from one generator for the whole process, so what
/// a seed gives would depend on what else runs.
/// </summary>
internal sealed class SeededDropout(double rate, long seed, Device device) : IDisposable
{
    private readonly Generator generator = SeededDraw.Generator(seed);

    /// <summary>Draws what is dropped; its state belongs into a training's checkpoint.</summary>
    public Generator Generator => generator;

    /// <summary>Sets each element to 0 with the given rate, and scales the rest so that the expected value stays.</summary>
    /// <param name="state">Any shape.</param>
    /// <returns>The same shape.</returns>
    public Tensor Apply(Tensor state)
    {
        if (rate == 0)
            return state;
        using var scope = NewDisposeScope();
        using var least = rate.ToScalar();
        using var scale = (1 / (1 - rate)).ToScalar();
        var kept = rand(state.shape, state.dtype, CPU, generator: generator).to(device).ge(least).to(state.dtype);
        return (state * kept.mul_(scale)).MoveToOuterDisposeScope();
    }

    public void Dispose() => generator.Dispose();
}
