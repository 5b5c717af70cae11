namespace GtiNotebooks.Data;

/// <summary>A training pair that should not have been trained on.</summary>
/// <param name="Example">The pair.</param>
/// <param name="Reason">What is wrong with it, in words.</param>
public sealed record Leak(NextItemExample Example, string Reason);

/// <summary>
/// Checks the pairs that a training run really consumed, as its trainer recorded them, against the held-out targets. It trusts neither the
/// splitter nor the position that a pair claims: the pair's items must be the log's items there.
/// </summary>
public static class LeakageCheck
{
    /// <summary>Finds the pairs that target, or contain in their history, an event at or after the user's first held-out target.</summary>
    /// <param name="consumed">The pairs that training saw, in any order, repeats allowed.</param>
    /// <param name="split">The split; its validation and test pairs say what is held out. Its training pairs are not looked at.</param>
    /// <param name="log">All histories.</param>
    /// <returns>The offending pairs in the order given; empty when training was clean.</returns>
    public static IReadOnlyList<Leak> Find(IEnumerable<NextItemExample> consumed, Split split, InteractionLog log)
    {
        ArgumentNullException.ThrowIfNull(consumed);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(log);
        var firstHeldOut = split.FirstHeldOut();
        var leaks = new List<Leak>();
        foreach (var example in consumed)
        {
            if (ReasonAgainst(example, firstHeldOut, log) is { } reason)
            {
                leaks.Add(new Leak(example, reason));
            }
        }
        return leaks;
    }

    private static string? ReasonAgainst(NextItemExample example, IReadOnlyDictionary<int, int> firstHeldOut, InteractionLog log)
    {
        if (example.User < 0 || example.User >= log.Users.Count)
        {
            return $"user {example.User} is not in the log";
        }
        var user = log.Users[example.User];
        if (firstHeldOut.TryGetValue(example.User, out var first) && example.Position >= first)
        {
            return $"user '{user.UserId}': the target is event {example.Position}, but events from {first} on are held out";
        }
        return IsAt(user.Items, example)
            ? null
            : $"user '{user.UserId}': the items are not the log's events up to {example.Position}, so where they come from is unknown";
    }

    private static bool IsAt(IReadOnlyList<int> items, NextItemExample example)
    {
        var start = example.Position - example.History.Count;
        if (start < 0 || example.Position >= items.Count || items[example.Position] != example.Target)
        {
            return false;
        }
        return example.History.Select((item, i) => items[start + i] == item).All(same => same);
    }
}
