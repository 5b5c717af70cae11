namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Gives each item but the first of those that share an ID the nearest free one: another code on the last level; where all are taken, another
/// on the level before with one free below it, and so on. Items go in their order.
/// </summary>
internal sealed class FreeCodes
{
    private readonly CodeSpace space;
    private readonly HashSet<int[]> taken;
    private readonly Dictionary<int[], int> below = new(CodesComparer.Instance); // IDs taken below a prefix

    private FreeCodes(int[][] codes, CodeSpace space)
    {
        this.space = space;
        taken = new HashSet<int[]>(CodesComparer.Instance);
        foreach (var row in codes) Take(row);
    }

    /// <summary>Different rows.</summary>
    /// <exception cref="ArgumentException">There are more items than IDs.</exception>
    public static int[][] Assign(int[][] codes, CodeSpace space)
    {
        var search = new FreeCodes(codes, space);
        var kept = new HashSet<int[]>(CodesComparer.Instance);
        // Whoever is first keeps the ID, so all IDs in use are taken before anybody looks for a free one.
        return [.. codes.Select((row, item) => kept.Add(row) ? row : search.Next(item, row))];
    }

    private int[] Next(int item, int[] row)
    {
        for (var shared = space.Levels - 1; shared >= 0; shared--)
        {
            int[] prefix = row[..shared];
            if (!HasRoom(prefix)) continue;
            var found = Nearest(prefix, space.Residual(item, prefix))!;
            Take(found);
            return found;
        }
        throw new ArgumentException(
            $"There are more items than the {space.Size}^{space.Levels} IDs; choose larger codebooks, more levels, or {nameof(CollisionFallback.ExtraLevel)}.");
    }

    /// <summary>The free ID below a prefix that comes first by distance, level by level; null when there is none.</summary>
    private int[]? Nearest(int[] prefix, double[] residual)
    {
        if (prefix.Length == space.Levels) return prefix;
        var distances = space.Distances(residual, prefix.Length);
        foreach (var code in Enumerable.Range(0, space.Size).OrderBy(code => distances[code]).ThenBy(code => code))
        {
            int[] next = [.. prefix, code];
            if (HasRoom(next)) return Nearest(next, space.Less(residual, prefix.Length, code));
        }
        return null;
    }

    private bool HasRoom(int[] prefix) => prefix.Length == space.Levels
        ? !taken.Contains(prefix)
        : below.GetValueOrDefault(prefix) < Math.Pow(space.Size, space.Levels - prefix.Length);

    private void Take(int[] row)
    {
        if (!taken.Add(row)) return;
        for (var level = 0; level < row.Length; level++)
        {
            var prefix = row[..level];
            below[prefix] = below.GetValueOrDefault(prefix) + 1;
        }
    }
}
