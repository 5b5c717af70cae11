using GtiNotebooks.Models;

namespace GtiNotebooks.SemanticIds;

/// <summary>Keeps a copy of the weights of the best evaluation: lowest collision rate, then lowest reconstruction error, then the first.</summary>
internal sealed class BestRqVae(RqVae model, RqVaeOptions options) : IDisposable
{
    private WeightSnapshot? weights;
    private (double Collisions, double Reconstruction) best = (double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>Evaluations since the best one.</summary>
    public int Worse { get; private set; }

    /// <summary>Copies the weights if the evaluation is better than all before it, and says whether.</summary>
    public bool Consider(RqVaeEpoch epoch)
    {
        var now = (Math.Max(epoch.CollisionRate, options.AcceptableCollisionRate), epoch.Reconstruction);
        if (now.CompareTo(best) >= 0)
        {
            Worse++;
            return false;
        }
        (best, Worse) = (now, 0);
        weights?.Dispose();
        weights = WeightSnapshot.Take(model);
        return true;
    }

    /// <summary>Gives the model the copied weights back.</summary>
    public void Restore() => weights?.Restore(model);

    public void Dispose() => weights?.Dispose();
}
