using GtiNotebooks.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>
/// What the optimiser updates: a float32 copy of each parameter of 16 bits, whose steps would mostly be lost to rounding, and every other
/// parameter itself (Micikevicius et al., Mixed Precision Training, ICLR 2018, section 3.1). The optimiser's state is float32 with it.
/// </summary>
internal sealed class MasterWeights : IDisposable
{
    private readonly List<(Parameter Trained, Parameter Master)> copies = [];

    public MasterWeights(IEnumerable<Parameter> trained) => Parameters = [.. trained.Select(MasterOf)];

    /// <summary>The parameters for the optimiser, in the order given.</summary>
    public Parameter[] Parameters { get; }

    /// <summary>Gives the copies the gradients of what they are copies of, and clears those.</summary>
    public void TakeGradients()
    {
        foreach (var (trained, master) in copies)
        {
            if (trained.grad is not { } gradient)
                continue;
            master.grad = gradient.to(master.dtype);
            gradient.zero_();
        }
    }

    /// <summary>Rounds the updated copies to the parameters.</summary>
    public void GiveValues()
    {
        using var frozen = no_grad();
        foreach (var (trained, master) in copies)
            trained.copy_(master);
    }

    public void Dispose()
    {
        foreach (var (_, master) in copies)
            master.Dispose();
    }

    private Parameter MasterOf(Parameter parameter)
    {
        if (!parameter.dtype.IsHalf())
            return parameter;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var master = new Parameter(parameter.detach().Widened().DetachFromDisposeScope());
        copies.Add((parameter, master));
        return master;
    }
}
