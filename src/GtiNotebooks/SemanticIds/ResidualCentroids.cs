using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Code vectors for codes that come without any, as published ones do: on each level a code's vector is the mean of what the levels before leave
/// over of its items' vectors. Those are the codebooks of least squared error, level by level, that the residual rule allows for the given codes.
/// </summary>
public static class ResidualCentroids
{
    /// <summary>Makes the codebooks.</summary>
    /// <param name="ids">The items' codes.</param>
    /// <param name="vectors">The items' vectors <c>[items, width]</c>, as <see cref="IItemVectors"/> gives them.</param>
    /// <returns>One codebook a level, <c>[codes, width]</c> float32 on the CPU; the vector of a code without items is 0. They belong to the current dispose scope.</returns>
    /// <exception cref="ArgumentException">The vectors are not a matrix of finite numbers with one row an item.</exception>
    public static IReadOnlyList<Tensor> Of(SemanticIdMap ids, Tensor vectors)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ItemVectors.Check(vectors);
        if (vectors.shape[0] != ids.ItemCount)
            throw new ArgumentException($"There are {vectors.shape[0]} vectors and {ids.ItemCount} items.", nameof(vectors));
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var codebooks = new List<Tensor>();
        var residual = vectors.detach().cpu().to(ScalarType.Float64);
        for (var level = 0; level < ids.Levels; level++)
        {
            var codes = tensor(Enumerable.Range(0, ids.ItemCount).Select(item => (long)ids.CodesOf(item)[level].Code).ToArray());
            var centroids = Centroids(residual, codes, ids.CodebookSizes[level]);
            codebooks.Add(centroids.to(ScalarType.Float32));
            residual = residual - centroids.index_select(0, codes);
        }

        return [.. codebooks.Select(codebook => codebook.MoveToOuterDisposeScope())];
    }

    private static Tensor Centroids(Tensor rows, Tensor codes, int size)
    {
        var sums = zeros(size, rows.shape[1], ScalarType.Float64).index_add(0, codes, rows, Scalars.One);
        var counts = zeros(size, ScalarType.Float64).index_add(0, codes, ones(codes.shape[0], ScalarType.Float64), Scalars.One);
        return sums / counts.clamp_min(Scalars.One).unsqueeze(1);
    }
}
