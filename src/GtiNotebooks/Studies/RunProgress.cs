using GtiNotebooks.Training;

namespace GtiNotebooks.Studies;

/// <summary>Whom a run tells how far it is, and who may stop it.</summary>
/// <param name="Training">Told after every training step.</param>
/// <param name="Rows">Told the number of rows retrieved.</param>
/// <param name="Cancellation">Stops the run at its next step.</param>
internal sealed record RunProgress(IProgress<TrainingProgress>? Training, IProgress<int>? Rows, CancellationToken Cancellation);
