using GtiNotebooks.Training;

namespace GtiNotebooks.Host.LanguageModels;

/// <summary>One short training of a sweep: what was tried and what came of it.</summary>
/// <param name="Vocabulary">Tokens of the vocabulary.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="Layers">Decoder layers.</param>
/// <param name="LearningRate">Peak rate.</param>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="Seed">Seed of weights and order.</param>
/// <param name="Parameters">Weights of the model.</param>
/// <param name="Seconds">Time of the training.</param>
/// <param name="BitsPerByte">On the held-out texts of each source, by the source's name.</param>
/// <param name="MeanBitsPerByte">On all held-out texts, weighted by their bytes: what the sweep chooses by.</param>
public sealed record PretrainingTrial(
    int Vocabulary, int Width, int Layers, double LearningRate, int Steps, int Seed, long Parameters, double Seconds,
    IReadOnlyDictionary<string, double> BitsPerByte, double MeanBitsPerByte)
{
    /// <summary>The trial in a line.</summary>
    internal string Summary => FormattableString.Invariant(
        $"rate {LearningRate}, vocabulary {Vocabulary}, width {Width}, layers {Layers}: {MeanBitsPerByte:F3} bits per byte, {Seconds:F0} s");

    /// <summary>Whether this is the trial of these options.</summary>
    /// <param name="options">The options.</param>
    public bool IsOf(PretrainingOptions options) =>
        (Vocabulary, Width, Layers, LearningRate, Steps, Seed) == (
            options.VocabularySize, options.HiddenSize, options.Layers, options.Training.LearningRate, options.Training.Steps, options.Seed);
}
