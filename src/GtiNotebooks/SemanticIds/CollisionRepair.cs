namespace GtiNotebooks.SemanticIds;

/// <summary>Gives items that share an ID different ones.</summary>
public static class CollisionRepair
{
    /// <summary>
    /// Appends one level whose code is the item's rank, in catalogue order, among the items with the same codes: 0 for the first and for every
    /// item that is alone (TIGER's rule, arXiv 2305.05065). The level says nothing about what an item is, and no codebook belongs to it.
    /// </summary>
    /// <param name="codes">One row an item, <c>[items][levels]</c>; not changed.</param>
    /// <returns>Different rows, <c>[items][levels + 1]</c>.</returns>
    public static IReadOnlyList<int[]> WithExtraLevel(IReadOnlyList<int[]> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var repaired = new int[codes.Count][];
        for (var item = 0; item < codes.Count; item++)
        {
            var key = string.Join(' ', codes[item]);
            var rank = seen.GetValueOrDefault(key);
            seen[key] = rank + 1;
            repaired[item] = [.. codes[item], rank];
        }
        return repaired;
    }
}
