using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>How codebooks are learnt: <see cref="RqVaeOptions"/> or <see cref="ResidualKMeansOptions"/>.</summary>
/// <param name="Levels">Codes an ID has, one codebook each; 1 to 26.</param>
/// <param name="CodebookSize">Codes a level has; at least 1, and no more than there are vectors.</param>
/// <param name="Seed">Of everything that is drawn. The same codes come out again on the same machine with as many threads: sums of floats depend on their order.</param>
public abstract record CodebookOptions(int Levels, int CodebookSize, int Seed)
{
    /// <summary>Learns codebooks and gives every vector its codes.</summary>
    /// <param name="vectors"><c>[items, width]</c>, floating point and finite; not changed.</param>
    /// <param name="progress">Told after each evaluation of an RQ-VAE; k-means reports nothing.</param>
    /// <param name="cancellation">Stops an RQ-VAE before the next step, k-means before the next level.</param>
    /// <exception cref="ArgumentException">Not such a matrix, or an option out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public abstract CodebookFit Learn(Tensor vectors, IProgress<RqVaeEpoch>? progress = null, CancellationToken cancellation = default);

    /// <summary>Refuses vectors that no codebook can be learnt from, and options that do not fit them.</summary>
    internal void Check(Tensor vectors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Levels, CodeToken.MostLevels);
        ArgumentOutOfRangeException.ThrowIfLessThan(CodebookSize, 1);
        ItemVectors.Check(vectors);
        if (CodebookSize > vectors.shape[0])
            throw new ArgumentException($"The codebook size {CodebookSize} is larger than the number of vectors, {vectors.shape[0]}.", nameof(vectors));
    }
}
