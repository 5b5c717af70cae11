using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Training;

namespace GtiNotebooks.Diagnostics;

/// <summary>What domain warm-up adds: how well a model predicts a catalogue's held-out texts before and after it read the others.</summary>
/// <param name="Texts">Different texts of the catalogue.</param>
/// <param name="HeldOutTexts">How many of them were held out; every tenth, the first included.</param>
/// <param name="Steps">Optimiser steps on the other texts.</param>
/// <param name="BitsPerByteBefore">Bits per byte of the held-out texts before.</param>
/// <param name="BitsPerByteAfter">Bits per byte of the held-out texts after.</param>
public sealed record DomainWarmupEffect(int Texts, int HeldOutTexts, int Steps, double BitsPerByteBefore, double BitsPerByteAfter)
{
    private const int HoldOutEvery = 10;

    /// <summary>Warms up on a catalogue's items, their titles and descriptions, and puts the model back as it was.</summary>
    /// <inheritdoc cref="Measure(PretrainedModel, IEnumerable{string}, TrainingOptions, int, IProgress{TrainingProgress}, CancellationToken)"/>
    public static DomainWarmupEffect Measure(
        PretrainedModel pretrained, Catalogue catalogue, TrainingOptions training, int seed = 0,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        Measure(pretrained, catalogue.Select(CatalogueIds.TextOf), training, seed, progress, cancellation);

    /// <summary>Warms up on texts and puts the model back as it was.</summary>
    /// <param name="pretrained">The model; its weights are the same afterwards.</param>
    /// <param name="texts">The texts; one that is there twice counts once, so that none is both held out and read.</param>
    /// <param name="training">Steps, batch and rate of the warm-up.</param>
    /// <param name="seed">Seed of the order of the texts.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <exception cref="ArgumentException">The texts that are not held out do not fill one window, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled; the model is put back then, too.</exception>
    public static DomainWarmupEffect Measure(
        PretrainedModel pretrained, IEnumerable<string> texts, TrainingOptions training, int seed = 0,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        var different = texts.Distinct(StringComparer.Ordinal).ToArray();
        var heldOut = different.Where((_, i) => i % HoldOutEvery == 0).ToArray();
        using var start = WeightSnapshot.Take(pretrained.Model);
        try
        {
            var before = BitsPerByte.Of(pretrained, heldOut, cancellation: cancellation);
            Pretraining.WarmUp(pretrained, different.Where((_, i) => i % HoldOutEvery != 0), training, seed, progress, cancellation);
            var after = BitsPerByte.Of(pretrained, heldOut, cancellation: cancellation);
            return new DomainWarmupEffect(different.Length, heldOut.Length, training.Steps, before, after);
        }
        finally
        {
            start.Restore(pretrained.Model);
        }
    }
}
