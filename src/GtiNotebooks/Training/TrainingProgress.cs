namespace GtiNotebooks.Training;

/// <summary>Where a training stage stands.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">Mean cross-entropy of the last batch, nats per predicted token.</param>
/// <param name="LearningRate">Rate of the last step.</param>
/// <param name="Elapsed">Time since the stage began.</param>
/// <param name="Remaining">Estimate from the mean time of a step so far.</param>
public sealed record TrainingProgress(
    string Stage, int Step, int Steps, double Loss, double LearningRate, TimeSpan Elapsed, TimeSpan Remaining);
