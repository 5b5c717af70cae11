using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>An item near another by its ID.</summary>
/// <param name="Item">Its place in the catalogue.</param>
/// <param name="SharedLevels">Levels shared from the first on.</param>
/// <param name="Cosine">Of the two items' vectors.</param>
public sealed record PrefixNeighbour(int Item, int SharedLevels, double Cosine);

/// <summary>The items that share most of an item's ID.</summary>
/// <param name="Item">Its place in the catalogue.</param>
/// <param name="Nearest">By falling number of shared levels, then by falling cosine, then by place.</param>
public sealed record PrefixNeighbours(int Item, IReadOnlyList<PrefixNeighbour> Nearest)
{
    /// <summary>The nearest items.</summary>
    /// <param name="map">The IDs.</param>
    /// <param name="vectors">The items' vectors, <c>[items, width]</c>.</param>
    /// <param name="item">Whose neighbours; its place in the catalogue.</param>
    /// <param name="count">At most so many; at least 1.</param>
    /// <exception cref="ArgumentException">Not a matrix of finite numbers, not one row an item, or no such item.</exception>
    public static PrefixNeighbours Of(SemanticIdMap map, Tensor vectors, int item, int count = 5)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, map.ItemCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var directions = ItemVectors.Directions(vectors, map.ItemCount);
        var cosines = directions.mv(directions[item]).data<double>().ToArray();
        return new PrefixNeighbours(item, [.. Enumerable.Range(0, map.ItemCount).Where(other => other != item)
            .Select(other => new PrefixNeighbour(other, Shared(map.TokensOf(item), map.TokensOf(other)), cosines[other]))
            .OrderByDescending(n => n.SharedLevels).ThenByDescending(n => n.Cosine).ThenBy(n => n.Item)
            .Take(count)]);
    }

    private static int Shared(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        var shared = 0;
        while (shared < a.Count && a[shared] == b[shared]) shared++;
        return shared;
    }
}
