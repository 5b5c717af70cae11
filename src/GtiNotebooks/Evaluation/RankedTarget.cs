namespace GtiNotebooks.Evaluation;

/// <summary>
/// Where one test row's target came out. Items that share one Semantic ID are retrieved together and cannot be told apart, so the target's
/// place is a range: the group occupies the item-level positions <c>FirstRank .. FirstRank + GroupSize - 1</c>, each equally likely.
/// </summary>
/// <param name="FirstRank">1-based position of the group's first item, all items of better-scored IDs counted; 0 = not retrieved.</param>
/// <param name="GroupSize">How many items share the target's ID, the target included. At least 1.</param>
public readonly record struct RankedTarget(int FirstRank, int GroupSize)
{
    /// <summary>Whether the target's ID is in the list at all.</summary>
    public bool IsRetrieved => FirstRank > 0;

    /// <summary>A target with an ID of its own.</summary>
    /// <param name="rank">1-based rank; 0 = not retrieved.</param>
    public static RankedTarget Alone(int rank) => new(rank, 1);

    /// <summary>A target whose ID is not in the list.</summary>
    /// <param name="groupSize">How many items share the target's ID.</param>
    public static RankedTarget Missed(int groupSize = 1) => new(0, groupSize);
}
