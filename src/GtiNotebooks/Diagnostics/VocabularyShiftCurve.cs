using GtiNotebooks.Models;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Diagnostics;

/// <summary>What new tokens take from ordinary text at one step of a training.</summary>
/// <param name="Step">Optimiser steps done since the curve began, over all stages that it watched.</param>
/// <param name="Stage">The stage that was under way, or what the caller named the moment.</param>
/// <param name="Shift">Against the model before it had new tokens.</param>
public sealed record VocabularyShiftPoint(int Step, string Stage, VocabularyShift Shift);

/// <summary>Watches through training what new tokens take from ordinary text, and how far the predictions of the old ones move.</summary>
/// <remarks>A measurement reads all texts with both models: with some dozen descriptions it takes about as long as a step of fine-tuning.</remarks>
public sealed class VocabularyShiftCurve : TrainingWatch<VocabularyShiftPoint>
{
    private readonly PretrainedModel before;
    private readonly VocabularyExtension after;
    private readonly IReadOnlyList<string> texts;

    /// <summary>Begins a curve, and measures its first point.</summary>
    /// <param name="before">The model without new tokens; it must not train along. Kept, not disposed.</param>
    /// <param name="after">The extended model that is going to be trained.</param>
    /// <param name="texts">Ordinary texts.</param>
    /// <param name="everySteps">Steps between two measurements; positive.</param>
    /// <param name="next">Who else is told of every step; null for no one.</param>
    /// <exception cref="ArgumentException">The steps are not positive, or what <see cref="VocabularyShift.Between"/> says.</exception>
    public VocabularyShiftCurve(
        PretrainedModel before, VocabularyExtension after, IReadOnlyList<string> texts, int everySteps, IProgress<TrainingProgress>? next = null)
        : base(everySteps, next)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(texts);
        (this.before, this.after, this.texts) = (before, after, texts);
        Measure(Start);
    }

    private protected override VocabularyShiftPoint Measured(int step, string moment) =>
        new(step, moment, VocabularyShift.Between(before, after, texts, TextWindows.WindowFor(after.Model)));
}
