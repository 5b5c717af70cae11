namespace GtiNotebooks.Evaluation;

/// <summary>
/// Item-level credit: a list of IDs is the list of the items behind them, so an ID that g items share takes g places, and its target is
/// somewhere among them.
/// </summary>
public static class ItemCredit
{
    /// <summary>Where the target came out in a list of IDs.</summary>
    /// <param name="retrieved">Best ID first: the items that have it. No item is in two entries.</param>
    /// <param name="target">The relevant item.</param>
    /// <param name="groupSize">How many items share the target's ID; used where the target is not in the list.</param>
    /// <returns>The target's range of item-level positions.</returns>
    public static RankedTarget Rank(IReadOnlyList<IReadOnlyList<int>> retrieved, int target, int groupSize = 1)
    {
        ArgumentNullException.ThrowIfNull(retrieved);
        var before = 0;
        foreach (var items in retrieved)
        {
            if (items.Contains(target))
            {
                return new RankedTarget(before + 1, items.Count);
            }
            before += items.Count;
        }
        return RankedTarget.Missed(groupSize);
    }

    /// <summary>Where the target came out in a list of items that is cut into the groups of the items' IDs.</summary>
    /// <param name="retrieved">Item indices, best first; items with one ID stand together.</param>
    /// <param name="group">The items that share the target's ID, the target included.</param>
    /// <returns>The target's range of item-level positions.</returns>
    /// <exception cref="ArgumentException">The group is empty.</exception>
    public static RankedTarget RankOfGroup(IReadOnlyList<int> retrieved, IReadOnlyList<int> group)
    {
        ArgumentNullException.ThrowIfNull(retrieved);
        ArgumentNullException.ThrowIfNull(group);
        if (group.Count == 0)
        {
            throw new ArgumentException("A group holds at least the target itself.", nameof(group));
        }
        for (var i = 0; i < retrieved.Count; i++)
        {
            if (group.Contains(retrieved[i]))
            {
                return new RankedTarget(i + 1, group.Count);
            }
        }
        return RankedTarget.Missed(group.Count);
    }
}
