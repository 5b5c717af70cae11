namespace GtiNotebooks.SemanticIds;

/// <summary>How many items each code of a level has.</summary>
/// <param name="Level">From 0.</param>
/// <param name="Items">One number a code of the level's codebook, falling; 0 for a code that no item has.</param>
public sealed record CodeCounts(int Level, IReadOnlyList<int> Items)
{
    /// <summary>Counts a map.</summary>
    /// <param name="map">The IDs.</param>
    /// <returns>One entry a level.</returns>
    public static IReadOnlyList<CodeCounts> Of(SemanticIdMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return [.. Enumerable.Range(0, map.Levels).Select(level =>
        {
            var counts = new int[map.CodebookSizes[level]];
            for (var item = 0; item < map.ItemCount; item++) counts[map.CodesOf(item)[level].Code]++;
            return new CodeCounts(level, [.. counts.OrderDescending()]);
        })];
    }

    /// <summary>Counts learnt codes, before any repair.</summary>
    /// <param name="fit">Codes and codebooks.</param>
    /// <returns>One entry a level.</returns>
    public static IReadOnlyList<CodeCounts> Of(CodebookFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Of(SemanticIdMap.FromCodes(fit.Codes, [.. fit.Codebooks.Select(codebook => (int)codebook.shape[0])]));
    }
}
