using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>How alike items are whose IDs begin alike; the mean should rise with every level shared.</summary>
/// <param name="SharedLevels">Levels that two items share from the first on, exactly; from 0 to the ID's length.</param>
/// <param name="Pairs">Pairs of items that do.</param>
/// <param name="MeanCosine">Mean cosine of their vectors, in [-1, 1]; null without pairs. A vector of zeros has cosine 0 with any.</param>
public sealed record PrefixSimilarity(int SharedLevels, long Pairs, double? MeanCosine)
{
    /// <summary>Measures all pairs, exactly: the cosines within a group add up to (|sum of directions|^2 - sum of |direction|^2) / 2.</summary>
    /// <param name="map">The IDs.</param>
    /// <param name="vectors">The items' vectors, <c>[items, width]</c>.</param>
    /// <returns>One entry for each number of shared levels, from 0 to the number of levels.</returns>
    /// <exception cref="ArgumentException">Not a matrix of finite numbers, or not one row an item.</exception>
    public static IReadOnlyList<PrefixSimilarity> Of(SemanticIdMap map, Tensor vectors)
    {
        ArgumentNullException.ThrowIfNull(map);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var directions = ItemVectors.Directions(vectors, map.ItemCount);
        // Pairs that share at least so many levels, then those that share no more.
        var atLeast = Enumerable.Range(0, map.Levels + 1).Select(level => WithinGroups(directions, map, level)).Append((0L, 0.0)).ToArray();
        return [.. Enumerable.Range(0, map.Levels + 1).Select(level =>
        {
            var (pairs, sum) = (atLeast[level].Item1 - atLeast[level + 1].Item1, atLeast[level].Item2 - atLeast[level + 1].Item2);
            return new PrefixSimilarity(level, pairs, pairs == 0 ? null : sum / pairs);
        })];
    }

    private static (long Pairs, double Sum) WithinGroups(Tensor directions, SemanticIdMap map, int level)
    {
        using var scope = NewDisposeScope();
        var groupOf = new Dictionary<int[], long>(CodesComparer.Instance);
        var group = new long[map.ItemCount];
        for (var item = 0; item < group.Length; item++)
        {
            int[] prefix = [.. map.TokensOf(item).Take(level)];
            if (!groupOf.TryGetValue(prefix, out group[item])) groupOf[prefix] = group[item] = groupOf.Count;
        }
        var sums = zeros(groupOf.Count, directions.shape[1], ScalarType.Float64).index_add_(0, tensor(group), directions, Scalars.One);
        var cosines = (sums.pow(Scalars.Two).sum().item<double>() - directions.pow(Scalars.Two).sum().item<double>()) / 2;
        return (group.CountBy(g => g).Sum(g => (long)g.Value * (g.Value - 1) / 2), cosines);
    }
}
