namespace GtiNotebooks.Retrieval;

/// <summary>How often each item occurs in the training events, and the order that this makes.</summary>
internal sealed class ItemPopularity
{
    private readonly int[] order;

    /// <summary>Counts.</summary>
    /// <param name="itemCount">Items in the catalogue.</param>
    /// <param name="trainingEvents">Items of each user.</param>
    /// <exception cref="ArgumentException">There are no items, or an event names one that is not in the catalogue.</exception>
    public ItemPopularity(int itemCount, IReadOnlyList<IReadOnlyList<int>> trainingEvents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(itemCount, 1);
        ArgumentNullException.ThrowIfNull(trainingEvents);
        var counts = new int[itemCount];
        foreach (var item in trainingEvents.SelectMany(items => items))
        {
            if (item < 0 || item >= itemCount)
                throw new ArgumentException($"An event has item {item}; the catalogue's items are 0 to {itemCount - 1}", nameof(trainingEvents));
            counts[item]++;
        }

        order = Enumerable.Range(0, itemCount).OrderByDescending(item => counts[item]).ToArray(); // stable: equal counts by position
    }

    /// <summary>Items in the catalogue.</summary>
    public int ItemCount => order.Length;

    /// <summary>Fills a list up with the most popular items that it does not hold.</summary>
    /// <param name="first">Items that stand before them, all different.</param>
    /// <param name="count">Length of the list wanted; at most the number of items.</param>
    public int[] BackFill(IEnumerable<int> first, int count)
    {
        var list = new List<int>(count);
        var taken = new HashSet<int>();
        foreach (var item in first.Concat(order))
        {
            if (list.Count == count)
                break;
            if (taken.Add(item))
                list.Add(item);
        }

        return list.ToArray();
    }
}
