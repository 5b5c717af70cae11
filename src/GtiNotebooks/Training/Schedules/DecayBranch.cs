namespace GtiNotebooks.Training;

/// <summary>
/// A short decay from a checkpoint of a run at constant rate. One such trunk with several branches gives a curve over the budget for little more
/// than the price of its longest run: each branch ends with the very weights that a whole run of warmup, constant rate and decay would have.
/// </summary>
/// <param name="Trunk">The trunk's options; their <see cref="TrainingOptions.Schedule"/> is <see cref="RateSchedule.Constant"/>.</param>
/// <param name="TrunkStep">Steps of the trunk that the branch stands on; among the <see cref="CheckpointPlan.KeepAt"/> of the trunk.</param>
/// <param name="DecaySteps">Steps of the decay; positive.</param>
/// <example>
/// <code>
/// var trunk = new TrainingOptions(1000, 16, 1e-3) { WarmupSteps = 50, Schedule = RateSchedule.Constant };
/// var kept = new CheckpointPlan("runs/trunk") { KeepAt = [250, 500, 1000] };
/// Trainer.Run("trunk", model, examples, trunk, checkpoints: kept);
/// foreach (var branch in kept.KeepAt.Select(step => new DecayBranch(trunk, step, DecaySteps: step / 10)))
///     Trainer.Run("branch", model, examples, branch.Options, checkpoints: branch.Plan(kept, $"runs/branch-{branch.TrunkStep}"));
/// </code>
/// </example>
public sealed record DecayBranch(TrainingOptions Trunk, int TrunkStep, int DecaySteps)
{
    /// <summary>The options of the branch: the trunk's steps up to <see cref="TrunkStep"/>, then the decay.</summary>
    public TrainingOptions Options => Trunk with { Steps = TrunkStep + DecaySteps, Schedule = RateSchedule.WarmupStableDecay(DecaySteps) };

    /// <summary>The branch's own checkpoints, beginning with the trunk's.</summary>
    /// <param name="trunk">The plan the trunk ran with.</param>
    /// <param name="folder">Folder of the branch; another than the trunk's.</param>
    /// <exception cref="ArgumentException">The trunk does not keep a checkpoint at this step, or the folder is the trunk's.</exception>
    public CheckpointPlan Plan(CheckpointPlan trunk, string folder)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!trunk.KeepAt.Contains(TrunkStep))
            throw new ArgumentException($"The trunk keeps no checkpoint at step {TrunkStep}; put it into {nameof(CheckpointPlan.KeepAt)}", nameof(trunk));
        if (Path.GetFullPath(folder) == Path.GetFullPath(trunk.Folder))
            throw new ArgumentException($"The branch needs a folder of its own; {folder} is the trunk's", nameof(folder));
        return trunk with { Folder = folder, KeepAt = [], StartFile = trunk.FileAt(TrunkStep) };
    }
}
