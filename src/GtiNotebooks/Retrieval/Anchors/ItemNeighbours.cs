namespace GtiNotebooks.Retrieval;

/// <summary>An item that is bought by the users of another.</summary>
/// <param name="Item">Its position in the catalogue.</param>
/// <param name="Similarity">Shrunk cosine, in (0, 1].</param>
internal readonly record struct Neighbour(int Item, double Similarity);

/// <summary>
/// The most similar items of every item: cosine of the items' user sets with shrinkage,
/// <c>common users / (sqrt(users of i * users of j) + shrinkage)</c> (Sarwar et al., 2001; the shrunk form is common in top-n work).
/// </summary>
internal sealed class ItemNeighbours
{
    private readonly Neighbour[][] neighbours;

    /// <summary>Counts users in common. A user counts once for an item, however often it was bought.</summary>
    /// <param name="itemCount">Items in the catalogue.</param>
    /// <param name="trainingEvents">Items of each user.</param>
    /// <param name="kept">Neighbours kept for each item.</param>
    /// <param name="shrinkage">Added to the denominator.</param>
    public ItemNeighbours(int itemCount, IReadOnlyList<IReadOnlyList<int>> trainingEvents, int kept, double shrinkage)
    {
        var users = new int[itemCount];
        var common = new Dictionary<int, int>[itemCount];
        foreach (var items in trainingEvents)
        {
            var distinct = items.Distinct().ToArray();
            foreach (var item in distinct)
            {
                users[item]++;
                var others = common[item] ??= [];
                foreach (var other in distinct.Where(other => other != item))
                    others[other] = others.GetValueOrDefault(other) + 1;
            }
        }

        neighbours = Enumerable.Range(0, itemCount).Select(item => (common[item] ?? [])
            .Select(pair => new Neighbour(pair.Key, pair.Value / (Math.Sqrt((double)users[item] * users[pair.Key]) + shrinkage)))
            .OrderByDescending(n => n.Similarity).ThenBy(n => n.Item)
            .Take(kept).ToArray()).ToArray();
    }

    /// <summary>Neighbours of an item, the most similar first.</summary>
    public ReadOnlySpan<Neighbour> Of(int item) => neighbours[item];
}
