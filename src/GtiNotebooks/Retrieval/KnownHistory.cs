using GtiNotebooks.Data;

namespace GtiNotebooks.Retrieval;

/// <summary>A user's history in terms of the catalogue.</summary>
/// <param name="Items">The known items as positions in the catalogue, oldest first, all of them.</param>
/// <param name="Unknown">The ids that the catalogue does not know, in order, each once.</param>
internal sealed record KnownHistory(IReadOnlyList<int> Items, IReadOnlyList<string> Unknown)
{
    public static KnownHistory Read(IReadOnlyList<string> itemIds, Catalogue catalogue)
    {
        var items = new List<int>();
        var unknown = new List<string>();
        foreach (var id in itemIds)
        {
            if (catalogue.TryIndexOf(id, out var item))
                items.Add(item);
            else if (!unknown.Contains(id))
                unknown.Add(id);
        }

        return new KnownHistory(items, unknown);
    }

    /// <summary>The items a request leaves out.</summary>
    public HashSet<int> Excluded(SeenItems seen) => seen == SeenItems.Exclude ? [.. Items] : [];

    /// <summary>The latest items.</summary>
    public int[] Latest(int count) => [.. Items.Skip(Math.Max(0, Items.Count - count))];
}
