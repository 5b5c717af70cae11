namespace GtiNotebooks.SemanticIds;

/// <summary>How codes are used, from the codes alone.</summary>
internal static class CodeUse
{
    /// <summary>exp of the entropy, in nats, of shares in proportion to counts; zeros count for nothing.</summary>
    public static double Perplexity(IEnumerable<int> counts)
    {
        var used = counts.Where(count => count > 0).Select(count => (double)count).ToArray();
        var total = used.Sum();
        return Math.Exp(-used.Sum(count => count / total * Math.Log(count / total)));
    }

    /// <summary>Perplexity of each level.</summary>
    /// <param name="codes">One row an item, <c>[items][levels]</c>; at least one.</param>
    public static IReadOnlyList<double> Perplexities(IReadOnlyList<int[]> codes) =>
        [.. Enumerable.Range(0, codes[0].Length).Select(level => Perplexity(codes.CountBy(row => row[level]).Select(pair => pair.Value)))];

    /// <summary>1 - different IDs / items.</summary>
    public static double CollisionRate(IReadOnlyList<int[]> codes) => 1 - (double)codes.Distinct(CodesComparer.Instance).Count() / codes.Count;
}
