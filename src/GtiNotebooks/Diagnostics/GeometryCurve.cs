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

/// <summary>Watches the new rows through training.</summary>
/// <remarks>A measurement of 192 rows of width 128 takes some hundredths of a second; of large tables it is the spectra that take time.</remarks>
public sealed class GeometryCurve : TrainingWatch<GeometryPoint>
{
    private readonly VocabularyExtension extension;
    private readonly IReadOnlyList<Tensor> codebooks;

    /// <summary>Begins a curve, and measures its first point.</summary>
    /// <param name="extension">The model that is going to be trained.</param>
    /// <param name="everySteps">Steps between two measurements; positive.</param>
    /// <param name="codebooks">For similarity to the codebooks: that of level 0, 1, ... as <c>[codes, any width]</c>; kept, but they belong to the caller.</param>
    /// <param name="next">Who else is told of every step; null for no one.</param>
    /// <exception cref="ArgumentException">The steps are not positive, a token's code is not in its codebook, or rows hold numbers that are not finite.</exception>
    public GeometryCurve(
        VocabularyExtension extension, int everySteps, IReadOnlyList<Tensor>? codebooks = null, IProgress<TrainingProgress>? next = null)
        : base(everySteps, next)
    {
        ArgumentNullException.ThrowIfNull(extension);
        (this.extension, this.codebooks) = (extension, codebooks ?? []);
        Measure(Start);
    }

    private protected override GeometryPoint Measured(int step, string moment)
    {
        using var scope = NewDisposeScope();
        return new GeometryPoint(step, moment, GeometryReport.Measure(extension.Model.Embedding.New.detach(), extension.Ids.Tokens, codebooks));
    }
}
