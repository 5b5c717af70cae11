using GtiNotebooks.Training;

namespace GtiNotebooks.Studies;

/// <summary>One fine-tuning of a run.</summary>
/// <param name="Cost">What it cost.</param>
/// <param name="Curve">What was measured on the way; null without early stopping.</param>
internal sealed record FineTuned(StageCost Cost, IReadOnlyList<ValidationScore>? Curve);
