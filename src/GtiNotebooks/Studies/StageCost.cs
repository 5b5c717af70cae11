using System.Text.Json.Serialization;

namespace GtiNotebooks.Studies;

/// <summary>What one stage of a run cost.</summary>
/// <param name="Stage">"tuning", "domain warm-up", "grounding", "alignment", "fine-tuning", "fitting" or "evaluation".</param>
/// <param name="Steps">Optimiser steps; for evaluation, batches.</param>
/// <param name="Examples">Examples seen, repetitions counted.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
public sealed record StageCost(string Stage, int Steps, long Examples, double Seconds)
{
    /// <summary>Loss of the last step, nats; null, and left out of the JSON form, where the stage has none or the record is from before there was this field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LastLoss { get; init; }

    /// <summary>Name of the search for a method's setting, the chosen setting's own run not counted.</summary>
    public const string Tuning = "tuning";

    /// <summary>Name of the training of an anchor, which has no language model.</summary>
    public const string Fitting = "fitting";

    /// <summary>Name of the optional stage that continues pretraining on the catalogue's texts.</summary>
    public const string DomainWarmup = "domain warm-up";

    /// <summary>Name of the stage that trains the new rows alone.</summary>
    public const string Grounding = "grounding";

    /// <summary>Name of the stage that trains all parameters on grounding prompts, before fine-tuning.</summary>
    public const string Alignment = "alignment";

    /// <summary>Name of the stage that trains all parameters, or adapters, on next-item prompts.</summary>
    public const string FineTuning = "fine-tuning";

    /// <summary>Name of the retrieval of the test rows.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>Whether a stage trains the chosen setting: neither the search for it nor the evaluation.</summary>
    /// <param name="stage">A stage's name.</param>
    public static bool IsTraining(string stage) => stage is not (Evaluation or Tuning);
}
