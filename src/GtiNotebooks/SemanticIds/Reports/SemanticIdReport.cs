namespace GtiNotebooks.SemanticIds;

/// <summary>How well one level's codes are used.</summary>
/// <param name="Level">From 0.</param>
/// <param name="CodesUsed">How many codes at least one item has.</param>
/// <param name="Perplexity">exp of the entropy (in nats) of the share of items a code has: from 1 (one code for all) to <paramref name="CodesUsed"/> (all equal).</param>
public sealed record LevelUse(int Level, int CodesUsed, double Perplexity);

/// <summary>How well Semantic IDs tell items apart.</summary>
/// <param name="Items">How many items there are.</param>
/// <param name="CollisionRate">1 - different IDs / items: 0 when each item has its own.</param>
/// <param name="ItemsInCollisions">Items that share their ID with another.</param>
/// <param name="LargestGroup">Most items with one ID; 1 without collisions.</param>
/// <param name="Levels">Use of the codes, level by level.</param>
public sealed record SemanticIdReport(int Items, double CollisionRate, int ItemsInCollisions, int LargestGroup, IReadOnlyList<LevelUse> Levels)
{
    /// <summary>Measures a map.</summary>
    public static SemanticIdReport Of(SemanticIdMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var inCollisions = map.Collisions.Sum(group => group.Count);
        var surplus = inCollisions - map.Collisions.Count;
        return new SemanticIdReport(
            map.ItemCount,
            (double)surplus / map.ItemCount,
            inCollisions,
            map.Collisions.Select(group => group.Count).DefaultIfEmpty(1).Max(),
            [.. Enumerable.Range(0, map.Levels).Select(level => UseOf(map, level))]);
    }

    private static LevelUse UseOf(SemanticIdMap map, int level)
    {
        var counts = Enumerable.Range(0, map.ItemCount).CountBy(item => map.TokensOf(item)[level]).Select(pair => pair.Value).ToArray();
        return new LevelUse(level, counts.Length, CodeUse.Perplexity(counts));
    }
}
