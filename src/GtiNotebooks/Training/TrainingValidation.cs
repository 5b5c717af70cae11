using GtiNotebooks.Models;

namespace GtiNotebooks.Training;

/// <summary>What a model was worth at a moment of its training.</summary>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="Score">The metric; higher is better.</param>
public sealed record ValidationScore(int Step, double Score);

/// <summary>
/// Measures a model while it trains, stops when it no longer gets better, and goes back to the best weights. The model is measured every so many
/// steps and after the last.
/// </summary>
/// <param name="Metric">What is measured, e.g. <c>NDCG@10</c>; for records and messages.</param>
/// <param name="Measure">Measures; higher is better, so give a loss with a minus. Runs without gradients. Must not change the model, nor draw from a generator that training uses.</param>
/// <param name="EverySteps">Steps between two measurements; positive.</param>
/// <param name="Patience">Training stops after so many measurements in a row that are not better than the best; positive.</param>
public sealed record TrainingValidation(string Metric, Func<CausalLM, double> Measure, int EverySteps, int Patience)
{
    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Metric);
        ArgumentNullException.ThrowIfNull(Measure);
        ArgumentOutOfRangeException.ThrowIfLessThan(EverySteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
    }

    /// <summary>Whether the model is measured after so many steps.</summary>
    internal bool IsDue(int step, int steps) => step % EverySteps == 0 || step == steps;
}
