namespace GtiNotebooks.Data;

/// <summary>What one user did, oldest first.</summary>
/// <param name="UserId">The user's name in the data.</param>
/// <param name="Items">The items as positions in the catalogue, in time order; events of equal time keep the order of their file.</param>
/// <param name="Timestamps">The time of each event, never falling. The unit is the data's: seconds, or a plain counter.</param>
public sealed record UserHistory(string UserId, IReadOnlyList<int> Items, IReadOnlyList<long> Timestamps);
