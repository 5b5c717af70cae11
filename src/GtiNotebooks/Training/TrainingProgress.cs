namespace GtiNotebooks.Training;

/// <summary>Where a training stage stands.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">Mean cross-entropy of the last batch, nats per predicted token.</param>
/// <param name="LearningRate">Rate of the last step.</param>
/// <param name="Elapsed">Time the stage has trained, before an interruption too.</param>
/// <param name="Remaining">Estimate from the mean time of a step so far; an upper bound where training may stop early.</param>
public sealed record TrainingProgress(
    string Stage, int Step, int Steps, double Loss, double LearningRate, TimeSpan Elapsed, TimeSpan Remaining)
{
    /// <summary>The validation metric after this step, higher being better; null after a step without validation.</summary>
    public double? ValidationScore { get; init; }
}
