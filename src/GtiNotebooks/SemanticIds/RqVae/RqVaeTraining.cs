using System.Diagnostics;
using GtiNotebooks.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Trains an RQ-VAE on all vectors of a catalogue: the autoencoder alone for a few epochs, k-means for the codebooks' start, then all together by
/// AdamW. Loss: mean squared error of the standardised vectors + mean over the levels of (code to residual + commitment + diversity).
/// Codes that an epoch left unused are put where residuals are described worst. The best evaluation wins: lowest collision rate, then lowest reconstruction error.
/// </summary>
public static class RqVaeTraining
{
    /// <summary>Trains and gives every vector its codes.</summary>
    /// <param name="vectors"><c>[items, width]</c>, floating point and finite; not changed. The training runs where they are.</param>
    /// <param name="options">Shape and training.</param>
    /// <param name="progress">Told after each evaluation.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <exception cref="ArgumentException">Not such a matrix, or fewer vectors than a codebook has codes.</exception>
    /// <exception cref="InvalidOperationException">The loss is no longer finite; the message names the epoch.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static CodebookFit Run(Tensor vectors, RqVaeOptions options, IProgress<RqVaeEpoch>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check(vectors);
        var clock = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var items = vectors.detach().to(ScalarType.Float32);
        var model = new RqVae((int)vectors.shape[1], options, vectors.device);
        try
        {
            model.InitialiseWeights(options.Seed);
            model.SetScale(items);
            using var run = new RqVaeRun(model, items, options);
            var history = run.Train(progress, clock, cancellation);
            return RqVaeEvaluation.Fit(model, items, history, clock);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
