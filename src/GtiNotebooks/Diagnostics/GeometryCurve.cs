using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>The geometry of the new tokens' rows at one step of a training.</summary>
/// <param name="Step">Optimiser steps done since the curve began, over all stages that it watched.</param>
/// <param name="Stage">The stage that was under way, or what the caller named the moment.</param>
/// <param name="Report">The geometry.</param>
public sealed record GeometryPoint(int Step, string Stage, GeometryReport Report);

/// <summary>
/// Watches the new rows through training: give it to a stage as its progress, and it measures them at the start, every so many steps and after each stage's last.
/// </summary>
/// <remarks>
/// It reads the rows and nothing else, so training is the same with it or without. A measurement of 192 rows of width 128 takes some hundredths of a second; of large
/// tables it is the spectra that take time. Where validation gives the best weights back at a stage's end, <see cref="Measure"/> says what those are.
/// </remarks>
public sealed class GeometryCurve : IProgress<TrainingProgress>
{
    /// <summary>Name of the moment before the first step.</summary>
    public const string Start = "start";

    private readonly List<GeometryPoint> points = [];
    private readonly VocabularyExtension extension;
    private readonly IReadOnlyList<Tensor> codebooks;
    private readonly IProgress<TrainingProgress>? next;
    private readonly int everySteps;
    private int before; // steps of the stages that are over
    private TrainingProgress? last;

    /// <summary>Begins a curve, and measures its first point.</summary>
    /// <param name="extension">The model that is going to be trained.</param>
    /// <param name="everySteps">Steps between two measurements; positive.</param>
    /// <param name="codebooks">For similarity to the codebooks: that of level 0, 1, ... as <c>[codes, any width]</c>; kept, not disposed.</param>
    /// <param name="next">Who else is told of every step; null for no one.</param>
    /// <exception cref="ArgumentException">The steps are not positive, a token's code is not in its codebook, or rows hold numbers that are not finite.</exception>
    public GeometryCurve(
        VocabularyExtension extension, int everySteps, IReadOnlyList<Tensor>? codebooks = null, IProgress<TrainingProgress>? next = null)
    {
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentOutOfRangeException.ThrowIfLessThan(everySteps, 1);
        (this.extension, this.everySteps, this.codebooks, this.next) = (extension, everySteps, codebooks ?? [], next);
        Measure(Start);
    }

    /// <summary>What was measured so far, in order.</summary>
    public IReadOnlyList<GeometryPoint> Points => [.. points];

    /// <summary>Takes note of a step, and measures the rows if it is time.</summary>
    /// <param name="value">Where the stage stands.</param>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (last is { } earlier && (earlier.Stage != value.Stage || earlier.Step >= value.Step))
        {
            before += earlier.Step;
        }
        last = value;
        if (value.Step % everySteps == 0 || value.Step == value.Steps)
        {
            Measure(value.Stage);
        }
        next?.Report(value);
    }

    /// <summary>Measures the rows as they are now, at the step last reported.</summary>
    /// <param name="moment">A name for the moment.</param>
    public GeometryPoint Measure(string moment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(moment);
        using var scope = NewDisposeScope();
        var rows = extension.Model.Embedding.New.detach();
        var point = new GeometryPoint(before + (last?.Step ?? 0), moment, GeometryReport.Measure(rows, extension.Ids.Tokens, codebooks));
        points.Add(point);
        return point;
    }
}
