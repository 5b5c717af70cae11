using GtiNotebooks.Training;

namespace GtiNotebooks.Studies;

/// <summary>Whom a run tells how far it is, who may stop it, and where it keeps what it needs to go on.</summary>
/// <param name="Training">Told after every training step.</param>
/// <param name="Rows">Told the number of rows retrieved.</param>
/// <param name="Cancellation">Stops the run at its next step.</param>
/// <param name="Checkpoints">A folder for this run's stages alone; null: nowhere.</param>
internal sealed record RunProgress(IProgress<TrainingProgress>? Training, IProgress<int>? Rows, CancellationToken Cancellation, string? Checkpoints)
{
    /// <summary>Where a stage keeps its checkpoints.</summary>
    public CheckpointPlan? PlanOf(string stage) => Checkpoints is { } folder ? new CheckpointPlan(Path.Combine(folder, stage.Replace(' ', '-'))) : null;
}
