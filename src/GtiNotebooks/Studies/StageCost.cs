namespace GtiNotebooks.Studies;

/// <summary>What one stage of a run cost.</summary>
/// <param name="Stage">"domain warm-up", "grounding", "fine-tuning" or "evaluation".</param>
/// <param name="Steps">Optimiser steps; for evaluation, batches.</param>
/// <param name="Examples">Examples seen, repetitions counted.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
public sealed record StageCost(string Stage, int Steps, long Examples, double Seconds)
{
    /// <summary>Name of the optional stage that continues pretraining on the catalogue's texts.</summary>
    public const string DomainWarmup = "domain warm-up";

    /// <summary>Name of the stage that trains the new rows alone.</summary>
    public const string Grounding = "grounding";

    /// <summary>Name of the stage that trains all parameters on next-item prompts.</summary>
    public const string FineTuning = "fine-tuning";

    /// <summary>Name of the retrieval of the test rows.</summary>
    public const string Evaluation = "evaluation";
}
