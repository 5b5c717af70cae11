using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>A catalogue's Semantic IDs and how they came about. Disposing it disposes codebooks and model.</summary>
/// <param name="Map">The IDs.</param>
/// <param name="Fit">Codebooks, learnt codes, training history, model.</param>
/// <param name="Repair">What the repair of collisions changed.</param>
/// <param name="Report">What the IDs are worth.</param>
public sealed record SemanticIdResult(SemanticIdMap Map, CodebookFit Fit, RepairedCodes Repair, SemanticIdBuildReport Report) : IDisposable
{
    /// <summary>One codebook a described level, <c>[codebook size, code width]</c> float32; an extra level has none.</summary>
    public IReadOnlyList<Tensor> Codebooks => Fit.Codebooks;

    /// <summary>Disposes codebooks and model.</summary>
    public void Dispose() => Fit.Dispose();
}

/// <summary>From items' vectors to Semantic IDs: codebooks, nearest codes, the last level anew for items that collide, the fallback, the report.</summary>
public static class SemanticIdBuilder
{
    /// <summary>Gives every item an ID, of its own unless the options or equal vectors say otherwise.</summary>
    /// <param name="vectors">One row an item, <c>[items, width]</c>, floating point and finite; not changed.</param>
    /// <param name="options">How.</param>
    /// <param name="texts">One an item: they tell which items are identical, and give the report its words; may be left out.</param>
    /// <param name="progress">Told after each evaluation of an RQ-VAE.</param>
    /// <param name="cancellation">Stops the learning before its next step.</param>
    /// <exception cref="ArgumentException">
    /// Not such a matrix, more codes in a codebook than items, an option out of its range, or more items than IDs.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SemanticIdResult Build(
        Tensor vectors, SemanticIdOptions options, IReadOnlyList<string>? texts = null,
        IProgress<RqVaeEpoch>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ItemVectors.Check(vectors);
        if (texts is not null && texts.Count != vectors.shape[0])
            throw new ArgumentException($"There are {texts.Count} texts and {vectors.shape[0]} vectors.", nameof(texts));
        if (options.Fallback == CollisionFallback.ExtraLevel) ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Codebooks.Levels + 1, CodeToken.MostLevels);
        var clock = Stopwatch.StartNew();
        var fit = options.Codebooks.Learn(vectors, progress, cancellation);
        try
        {
            var repair = CollisionRepair.Repair(fit, vectors, options, texts);
            var map = SemanticIdMap.FromCodes(repair.Codes);
            return new SemanticIdResult(map, fit, repair, SemanticIdBuildReport.Of(map, fit, repair, vectors, texts, options, clock.Elapsed.TotalSeconds));
        }
        catch
        {
            fit.Dispose();
            throw;
        }
    }
}
