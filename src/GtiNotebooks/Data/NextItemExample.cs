namespace GtiNotebooks.Data;

/// <summary>One question to a recommender: given these items, which came next?</summary>
/// <param name="User">The user as a position in <see cref="InteractionLog.Users"/>.</param>
/// <param name="Position">The target's position in the user's history (0-based, so at least 1).</param>
/// <param name="History">The items before the target, oldest first: the latest ones, as many as the split's maximum at most; never empty.</param>
/// <param name="Target">The item that came next, as a position in the catalogue.</param>
public sealed record NextItemExample(int User, int Position, IReadOnlyList<int> History, int Target)
{
    /// <summary>Cuts the example out of a history.</summary>
    /// <param name="log">All histories.</param>
    /// <param name="user">The user as a position in the log.</param>
    /// <param name="position">The target's position, from 1 to the history's length - 1.</param>
    /// <param name="maxHistory">The most items to take before the target; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static NextItemExample At(InteractionLog log, int user, int position, int maxHistory)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxHistory, 1);
        var items = log.Users[user].Items;
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, items.Count);
        var first = Math.Max(0, position - maxHistory);
        var history = new int[position - first];
        for (var i = 0; i < history.Length; i++)
        {
            history[i] = items[first + i];
        }
        return new NextItemExample(user, position, history, items[position]);
    }
}
