using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>How <see cref="ResidualKMeans"/> works.</summary>
/// <param name="Levels">Codes an ID has; 1 to 26.</param>
/// <param name="CodebookSize">Codes a level has; at least 1, and no more than there are vectors.</param>
/// <param name="Iterations">Most rounds of Lloyd's algorithm a level; at least 1. Fewer when nothing changes any more.</param>
/// <param name="Seed">Of the k-means++ starts.</param>
public sealed record ResidualKMeansOptions(int Levels, int CodebookSize, int Iterations, int Seed);

/// <summary>What <see cref="ResidualKMeans"/> found. Disposing it disposes the codebooks.</summary>
/// <param name="Codes">One row an item, <c>[items][levels]</c>.</param>
/// <param name="Codebooks">One a level, <c>[codebook size, width]</c> float32.</param>
/// <param name="Errors">After each level, the mean squared length of what is not yet described; never rises.</param>
public sealed record ResidualKMeansResult(IReadOnlyList<int[]> Codes, IReadOnlyList<Tensor> Codebooks, IReadOnlyList<double> Errors) : IDisposable
{
    /// <summary>Disposes the codebooks.</summary>
    public void Dispose()
    {
        foreach (var codebook in Codebooks) codebook.Dispose();
    }
}

/// <summary>
/// Semantic IDs by residual k-means: level by level, each vector takes the nearest code of a codebook fitted to what the levels before left
/// over. c_l = argmin_k |r_l - q_k|, r_(l+1) = r_l - q_(c_l) (the residual rule of RQ-VAE, with k-means codebooks).
/// </summary>
public static class ResidualKMeans
{
    /// <summary>Fits codebooks and codes.</summary>
    /// <param name="vectors"><c>[items, width]</c>, floating point and finite; not changed.</param>
    /// <param name="o">How.</param>
    /// <exception cref="ArgumentException">Not such a matrix, or an option out of its range.</exception>
    public static ResidualKMeansResult Fit(Tensor vectors, ResidualKMeansOptions o)
    {
        Check(vectors, o);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var random = new Random(o.Seed);
        var codes = Array.ConvertAll(new int[vectors.shape[0]], _ => new int[o.Levels]);
        var (codebooks, errors) = (new List<Tensor>(), new List<double>());
        // Doubles, so that nearly equal distances come out the same whatever the order of summation.
        var residual = vectors.detach().cpu().to(ScalarType.Float64, copy: true);
        for (var level = 0; level < o.Levels; level++)
        {
            using var step = NewDisposeScope();
            var (labels, centres) = KMeans.Fit(residual, o.CodebookSize, o.Iterations, random);
            for (var item = 0; item < labels.Length; item++) codes[item][level] = (int)labels[item];
            var rest = residual - centres.index_select(0, tensor(labels));
            errors.Add(rest.pow(2).sum(1).mean().item<double>());
            codebooks.Add(centres.to(ScalarType.Float32, copy: true).DetachFromDisposeScope());
            residual.Dispose();
            residual = rest.MoveToOuterDisposeScope();
        }
        return new ResidualKMeansResult(codes, codebooks, errors);
    }

    private static void Check(Tensor vectors, ResidualKMeansOptions o)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(o);
        ArgumentOutOfRangeException.ThrowIfLessThan(o.Levels, 1, nameof(o));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(o.Levels, CodeToken.MostLevels, nameof(o));
        ArgumentOutOfRangeException.ThrowIfLessThan(o.CodebookSize, 1, nameof(o));
        ArgumentOutOfRangeException.ThrowIfLessThan(o.Iterations, 1, nameof(o));
        if (vectors.dim() != 2 || vectors.numel() == 0 || !vectors.is_floating_point())
            throw new ArgumentException($"Must be a floating-point matrix [items, width] that is not empty, not {vectors.dtype} [{string.Join(", ", vectors.shape)}].", nameof(vectors));
        if (o.CodebookSize > vectors.shape[0])
            throw new ArgumentException($"The codebook size {o.CodebookSize} is larger than the number of vectors, {vectors.shape[0]}.", nameof(o));
        using var scope = NewDisposeScope();
        if (!vectors.isfinite().all().item<bool>()) throw new ArgumentException("The vectors have values that are not finite.", nameof(vectors));
    }
}
