using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>How a catalogue's Semantic IDs came about and what they are worth.</summary>
/// <param name="Learnt">The IDs by nearest codes, before any repair.</param>
/// <param name="AfterSinkhorn">After the last level was assigned anew; as <paramref name="Learnt"/> where that was left out.</param>
/// <param name="Final">After the fallback.</param>
/// <param name="MovedBySinkhorn">Items whose code on the last level changed by Sinkhorn-Knopp.</param>
/// <param name="MovedByFallback">Items that the fallback told apart.</param>
/// <param name="Identical">Groups of items with equal vectors (and texts, where known); by default the only ones that share an ID in the end.</param>
/// <param name="Reconstruction">Mean squared distance between vectors and what the learnt codes make of them.</param>
/// <param name="FinalReconstruction">The same for the final codes; an extra level plays no part.</param>
/// <param name="Errors">After each level, the mean squared length of what is not yet described, in the codebooks' space.</param>
/// <param name="History">The evaluated epochs of an RQ-VAE; empty for k-means.</param>
/// <param name="PrefixCheck">Mean cosine of vectors by the number of levels shared; should rise.</param>
/// <param name="FirstLevel">What each first-level code contains, in words; empty without texts.</param>
/// <param name="Neighbours">For a few items, those nearest by ID.</param>
/// <param name="Seconds">Wall-clock time of learning and repair.</param>
public sealed record SemanticIdBuildReport(
    SemanticIdReport Learnt,
    SemanticIdReport AfterSinkhorn,
    SemanticIdReport Final,
    int MovedBySinkhorn,
    int MovedByFallback,
    IReadOnlyList<IReadOnlyList<int>> Identical,
    double Reconstruction,
    double FinalReconstruction,
    IReadOnlyList<double> Errors,
    IReadOnlyList<RqVaeEpoch> History,
    IReadOnlyList<PrefixSimilarity> PrefixCheck,
    IReadOnlyList<CodeWords> FirstLevel,
    IReadOnlyList<PrefixNeighbours> Neighbours,
    double Seconds)
{
    /// <summary>Measures.</summary>
    internal static SemanticIdBuildReport Of(
        SemanticIdMap map, CodebookFit fit, RepairedCodes repair, Tensor vectors, IReadOnlyList<string>? texts, SemanticIdOptions options, double seconds)
    {
        var examples = Math.Min(options.ExampleItems, map.ItemCount);
        return new SemanticIdBuildReport(
            SemanticIdReport.Of(SemanticIdMap.FromCodes(fit.Codes)),
            SemanticIdReport.Of(SemanticIdMap.FromCodes(repair.AfterSinkhorn)),
            SemanticIdReport.Of(map),
            repair.MovedBySinkhorn,
            repair.MovedByFallback,
            repair.Identical,
            fit.Reconstruction,
            fit.ReconstructionError(vectors, repair.Codes),
            fit.Errors,
            fit.History,
            PrefixSimilarity.Of(map, vectors),
            texts is null ? [] : CodeWords.Of(map, texts, options.WordsPerCode),
            [.. Enumerable.Range(0, examples).Select(i => PrefixNeighbours.Of(map, vectors, (int)((long)i * map.ItemCount / examples)))],
            seconds);
    }
}
