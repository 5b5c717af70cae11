using GtiNotebooks.Models;
using TorchSharp.Modules;

namespace GtiNotebooks.Training;

/// <summary>Watches the parameters that must not change while prefixes are reused: all but the rows of new tokens.</summary>
internal sealed class FrozenWeights
{
    private readonly (string Name, Parameter Parameter)[] weights;
    private readonly string[] hashes;

    /// <exception cref="InvalidOperationException">One of them is trained.</exception>
    public FrozenWeights(CausalLM model)
    {
        var pretrained = model.PretrainedParameters().ToHashSet(ReferenceEqualityComparer.Instance);
        weights = [.. model.named_parameters().Where(p => pretrained.Contains(p.parameter))];
        RequireFrozen();
        hashes = [.. weights.Select(p => TrainingHash.Of(p.Parameter))];
    }

    /// <summary>Whether none of them is trained; quick.</summary>
    /// <exception cref="InvalidOperationException">One is; the message names it.</exception>
    public void RequireFrozen()
    {
        foreach (var (name, parameter) in weights)
        {
            if (parameter.requires_grad)
            {
                throw new InvalidOperationException(
                    $"{name} requires gradients; prefixes can only be reused while everything but the rows of new tokens is frozen");
            }
        }
    }

    /// <summary>Whether all have the bits they began with; reads every weight.</summary>
    /// <exception cref="InvalidOperationException">One has not; the message names it.</exception>
    public void RequireUnchanged()
    {
        foreach (var ((name, parameter), hash) in weights.Zip(hashes))
        {
            if (TrainingHash.Of(parameter) != hash)
                throw new InvalidOperationException($"{name} was changed while prefixes were reused; the losses since then are wrong");
        }
    }
}
