using System.Text;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Training;

namespace GtiNotebooks.Host.LanguageModels;

/// <summary>What a model was trained on.</summary>
/// <param name="Name">Name of the source.</param>
/// <param name="Texts">Its texts, the held-out ones counted.</param>
/// <param name="HeldOutTexts">How many of them are held out.</param>
/// <param name="Bytes">UTF-8 bytes of all of them.</param>
public sealed record SourceFacts(string Name, int Texts, int HeldOutTexts, long Bytes)
{
    /// <summary>The facts of a source.</summary>
    /// <param name="source">The source.</param>
    public static SourceFacts Of(PretrainingText source) =>
        new(source.Name, source.Texts.Count, source.HeldOut.Count(), source.Texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text)));
}

/// <summary>How a model was made and what came of it: <c>pretraining.json</c> beside its weights.</summary>
/// <param name="Sources">What it was trained on.</param>
/// <param name="Tokens">Tokens of the training texts.</param>
/// <param name="Vocabulary">Tokens of its vocabulary.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="Layers">Decoder layers.</param>
/// <param name="Parameters">Weights.</param>
/// <param name="LearningRate">Peak rate.</param>
/// <param name="WeightDecay">AdamW's decoupled weight decay.</param>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="BatchSize">Windows a step.</param>
/// <param name="Window">Tokens a window.</param>
/// <param name="Seed">Seed of weights and order.</param>
/// <param name="Seconds">Time of the training.</param>
/// <param name="FinalLoss">Mean of the last 100 training losses, nats a token.</param>
/// <param name="HeldOut">Bits per byte on texts that no training saw.</param>
/// <param name="Knowledge">What it knows of words.</param>
public sealed record PretrainingRecord(
    IReadOnlyList<SourceFacts> Sources, long Tokens, int Vocabulary, int Width, int Layers, long Parameters, double LearningRate, double WeightDecay,
    int Steps, int BatchSize, int Window, int Seed, double Seconds, double FinalLoss, HeldOutTexts HeldOut,
    ModelKnowledge Knowledge);
