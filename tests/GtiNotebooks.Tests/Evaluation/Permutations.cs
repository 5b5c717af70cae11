namespace GtiNotebooks.Tests.Evaluation;

/// <summary>All orders of a few things, for brute-force references.</summary>
internal static class Permutations
{
    public static IEnumerable<T[]> Of<T>(IReadOnlyList<T> things)
    {
        if (things.Count == 0)
        {
            yield return [];
        }
        for (var first = 0; first < things.Count; first++)
        {
            foreach (var rest in Of<T>([.. things.Where((_, i) => i != first)]))
            {
                yield return [things[first], .. rest];
            }
        }
    }
}
