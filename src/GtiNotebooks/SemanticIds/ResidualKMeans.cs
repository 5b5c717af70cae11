using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>How many vectors a centre of k-means may have.</summary>
public enum ClusterSizes
{
    /// <summary>Any number: each vector takes the nearest centre.</summary>
    Free,

    /// <summary>At most its share, the number of vectors over the number of centres, rounded up; a vector may miss its nearest centre.</summary>
    Balanced,
}

/// <summary>How <see cref="ResidualKMeans"/> works.</summary>
/// <param name="Levels">Codes an ID has; 1 to 26.</param>
/// <param name="CodebookSize">Codes a level has; at least 1, and no more than there are vectors.</param>
/// <param name="Iterations">Most rounds of Lloyd's algorithm a level; at least 1. Fewer when nothing changes any more.</param>
/// <param name="Seed">Of the k-means++ starts.</param>
public sealed record ResidualKMeansOptions(int Levels, int CodebookSize, int Iterations, int Seed) : CodebookOptions(Levels, CodebookSize, Seed)
{
    /// <summary>How many vectors a centre may have, on every level.</summary>
    public ClusterSizes Sizes { get; init; } = ClusterSizes.Free;

    /// <inheritdoc/>
    public override CodebookFit Learn(Tensor vectors, IProgress<RqVaeEpoch>? progress = null, CancellationToken cancellation = default)
    {
        Check(vectors);
        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 1);
        return ResidualKMeans.Fit(vectors, this, cancellation);
    }
}

/// <summary>
/// Semantic IDs by residual k-means: level by level, each vector takes the nearest code of a codebook fitted to what the levels before left
/// over. c_l = argmin_k |r_l - q_k|, r_(l+1) = r_l - q_(c_l) (the residual rule of RQ-VAE, with k-means codebooks). The baseline of an RQ-VAE.
/// </summary>
internal static class ResidualKMeans
{
    /// <summary>Fits codebooks and codes; the arguments are checked by <see cref="ResidualKMeansOptions.Learn"/>.</summary>
    public static CodebookFit Fit(Tensor vectors, ResidualKMeansOptions o, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var clock = Stopwatch.StartNew();
        var random = new Random(o.Seed);
        var codes = Array.ConvertAll(new int[vectors.shape[0]], _ => new int[o.Levels]);
        var (codebooks, errors) = (new List<Tensor>(), new List<double>());
        // Doubles, so that nearly equal distances come out the same whatever the order of summation.
        var residual = vectors.detach().cpu().to(ScalarType.Float64, copy: true);
        for (var level = 0; level < o.Levels; level++)
        {
            using var step = NewDisposeScope();
            var (labels, centres) = KMeans.Fit(residual, o.CodebookSize, o.Iterations, o.Sizes, random, cancellation);
            for (var item = 0; item < labels.Length; item++) codes[item][level] = (int)labels[item];
            var rest = residual - centres.index_select(0, tensor(labels));
            errors.Add(rest.pow(Scalars.Two).sum(1).mean().item<double>());
            codebooks.Add(centres.to(ScalarType.Float32, copy: true).MoveToOuterDisposeScope());
            residual.Dispose();
            residual = rest.MoveToOuterDisposeScope();
        }
        foreach (var codebook in codebooks) codebook.DetachFromDisposeScope(); // only now: an exception above frees them
        var encoded = vectors.detach().cpu().to(ScalarType.Float32, copy: true).DetachFromDisposeScope();
        return new CodebookFit(codes, codebooks, encoded, errors, errors[^1], [], null, clock.Elapsed.TotalSeconds);
    }
}
