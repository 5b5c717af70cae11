using GtiNotebooks.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>Keeps a copy of a model's weights as they were after its best epoch.</summary>
internal sealed class BestWeights : IDisposable
{
    private readonly Parameter[] parameters;
    private readonly Tensor[] copies;
    private double best = double.NegativeInfinity;

    public BestWeights(SasRec model)
    {
        parameters = model.parameters().ToArray();
        copies = parameters.Select(parameter => parameter.detach().clone().DetachFromDisposeScope()).ToArray();
    }

    /// <summary>Number of the best epoch so far, from 1; 0 before any.</summary>
    public int Epoch { get; private set; }

    /// <summary>Copies the weights if the epoch is better than all before it.</summary>
    public void Consider(SasRecEpoch epoch)
    {
        if (epoch.ValidationNdcg <= best)
            return;
        (best, Epoch) = (epoch.ValidationNdcg, epoch.Number);
        using var frozen = no_grad();
        foreach (var (copy, parameter) in copies.Zip(parameters))
            copy.copy_(parameter);
    }

    /// <summary>Gives the model the copied weights back.</summary>
    public void Restore()
    {
        using var frozen = no_grad();
        foreach (var (copy, parameter) in copies.Zip(parameters))
            parameter.copy_(copy);
    }

    public void Dispose()
    {
        foreach (var copy in copies)
            copy.Dispose();
    }
}
