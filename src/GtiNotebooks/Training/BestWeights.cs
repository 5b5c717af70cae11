using GtiNotebooks.Models;

namespace GtiNotebooks.Training;

/// <summary>Keeps a copy of a model's weights as they were after its best epoch.</summary>
internal sealed class BestWeights(SasRec model) : IDisposable
{
    private WeightSnapshot? weights;
    private double best = double.NegativeInfinity;

    /// <summary>Number of the best epoch so far, from 1; 0 before any.</summary>
    public int Epoch { get; private set; }

    /// <summary>Copies the weights if the epoch is better than all before it.</summary>
    public void Consider(SasRecEpoch epoch)
    {
        if (epoch.ValidationNdcg <= best)
            return;
        (best, Epoch) = (epoch.ValidationNdcg, epoch.Number);
        weights?.Dispose();
        weights = WeightSnapshot.Take(model);
    }

    /// <summary>Gives the model the copied weights back; without an epoch nothing changes.</summary>
    public void Restore() => weights?.Restore(model);

    public void Dispose() => weights?.Dispose();
}
