using GtiNotebooks.Models;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>Keeps a copy of a model's trained weights as they were at its best moment.</summary>
internal sealed class BestWeights(nn.Module model) : IDisposable
{
    private WeightSnapshot? weights;
    private double best = double.NegativeInfinity;

    /// <summary>Number of the best epoch or step so far, from 1; 0 before any.</summary>
    public int At { get; private set; }

    /// <summary>The copies, by name; none before the first score.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Values => weights?.Values ?? [];

    /// <summary>Copies the weights if the score is higher than all before it.</summary>
    public void Consider(int at, double score)
    {
        if (score <= best)
            return;
        Keep(at, score, WeightSnapshot.TakeTrained(model));
    }

    /// <summary>Goes on from what an earlier run had kept.</summary>
    public void Resume(int at, double score, IEnumerable<(string Name, Tensor Value)> values) => Keep(at, score, WeightSnapshot.Of(values));

    /// <summary>Gives the model the copied weights back; before the first score nothing changes.</summary>
    public void Restore() => weights?.Restore(model);

    public void Dispose() => weights?.Dispose();

    private void Keep(int at, double score, WeightSnapshot snapshot)
    {
        weights?.Dispose();
        (best, At, weights) = (score, at, snapshot);
    }
}
