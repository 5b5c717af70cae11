namespace GtiNotebooks.Data;

/// <summary>A pair that should not be where it is.</summary>
/// <param name="Example">The pair.</param>
/// <param name="Reason">What is wrong with it, in words.</param>
public sealed record Leak(NextItemExample Example, string Reason);

/// <summary>
/// Checks the pairs that a training run really consumed, as its trainer recorded them, against the held-out targets. It trusts neither the
/// splitter nor the position that a pair claims: the pair's items must be the log's items there.
/// </summary>
public static class LeakageCheck
{
    /// <summary>
    /// Finds the pairs that target, or contain in their history, an event at or after the user's first held-out target or, where the split is
    /// by time, any user's event at or after <see cref="Split.TrainEndsAt"/>.
    /// </summary>
    /// <param name="consumed">The pairs that training saw, in any order, repeats allowed.</param>
    /// <param name="split">The split; its validation and test pairs and its times say what is held out. Its training pairs are not looked at.</param>
    /// <param name="log">All histories.</param>
    /// <returns>The offending pairs in the order given; empty when training was clean.</returns>
    public static IReadOnlyList<Leak> Find(IEnumerable<NextItemExample> consumed, Split split, InteractionLog log)
    {
        ArgumentNullException.ThrowIfNull(consumed);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(log);
        var firstHeldOut = split.FirstHeldOut();
        return Leaks(consumed, example => ForgedIn(log, example, known: HeldOut(split, firstHeldOut, log, example)));
    }

    /// <summary>
    /// Finds the users whose sequence, as a model that learns from sequences or counts consumed it, is not a run of events that all lie before
    /// the user's first held-out target and before <see cref="Split.TrainEndsAt"/>.
    /// </summary>
    /// <param name="consumed">For each user of the log, in its order, the items that were learnt from, oldest first; may be empty.</param>
    /// <param name="split">The split; its validation and test pairs and its times say what is held out.</param>
    /// <param name="log">All histories.</param>
    /// <returns>The offending users in order, each with the reason; empty when training was clean.</returns>
    /// <exception cref="ArgumentException">There are not as many sequences as users.</exception>
    public static IReadOnlyList<(int User, string Reason)> FindInSequences(IReadOnlyList<IReadOnlyList<int>> consumed, Split split, InteractionLog log)
    {
        ArgumentNullException.ThrowIfNull(consumed);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(log);
        if (consumed.Count != log.Users.Count)
        {
            throw new ArgumentException($"{consumed.Count} sequences for {log.Users.Count} users.", nameof(consumed));
        }
        var lengths = split.TrainingLengths(log);
        var leaks = new List<(int, string)>();
        for (var user = 0; user < lengths.Count; user++)
        {
            if (!IsRunOf(log.Users[user].Items.Take(lengths[user]).ToArray(), consumed[user]))
            {
                leaks.Add((user, $"user '{log.Users[user].UserId}': the {consumed[user].Count} items are no run of the {lengths[user]} events that may be learnt from"));
            }
        }
        return leaks;
    }

    /// <summary>
    /// Checks a split as a whole: training pairs as <see cref="Find"/> does; held-out rows must be the log's events with the events right before
    /// them, stand in one part only, and lie in the part's window where the split is by time.
    /// </summary>
    /// <param name="split">The split.</param>
    /// <param name="log">All histories.</param>
    /// <returns>The offending pairs: training, then validation, then test; empty when the split is clean.</returns>
    public static IReadOnlyList<Leak> FindInSplit(Split split, InteractionLog log)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(log);
        var tested = split.Test.Select(row => (row.User, row.Position)).ToHashSet();
        var validation = Leaks(split.Validation, row => tested.Contains((row.User, row.Position))
            ? $"user {row.User}: event {row.Position} is both a validation and a test target"
            : ForgedIn(log, row, known: null) ?? OutsideWindow(log, row, split.TrainEndsAt, split.TestStartsAt));
        var test = Leaks(split.Test, row => ForgedIn(log, row, known: null) ?? OutsideWindow(log, row, split.TestStartsAt, null));
        return [.. Find(split.Train, split, log), .. validation, .. test];
    }

    private static List<Leak> Leaks(IEnumerable<NextItemExample> examples, Func<NextItemExample, string?> reasonAgainst)
    {
        var leaks = new List<Leak>();
        foreach (var example in examples)
        {
            if (reasonAgainst(example) is { } reason)
            {
                leaks.Add(new Leak(example, reason));
            }
        }
        return leaks;
    }

    private static string? HeldOut(Split split, IReadOnlyDictionary<int, int> firstHeldOut, InteractionLog log, NextItemExample example)
    {
        if (firstHeldOut.TryGetValue(example.User, out var first) && example.Position >= first)
        {
            return $"the target is event {example.Position}, but events from {first} on are held out";
        }
        return TimeOf(log, example) is { } time && time >= split.TrainEndsAt
            ? $"the target's time is {time}, but events from {split.TrainEndsAt} on are held out"
            : null;
    }

    private static string? OutsideWindow(InteractionLog log, NextItemExample row, long? from, long? before)
    {
        var time = TimeOf(log, row);
        return time < from || time >= before
            ? $"user '{log.Users[row.User].UserId}': the target's time is {time}, but the part's window is from {from} {(before is null ? "on" : $"to before {before}")}"
            : null;
    }

    private static long? TimeOf(InteractionLog log, NextItemExample example) =>
        example.User >= 0 && example.User < log.Users.Count && log.Users[example.User].Timestamps is var times
            && example.Position >= 0 && example.Position < times.Count
            ? times[example.Position]
            : null;

    private static string? ForgedIn(InteractionLog log, NextItemExample example, string? known)
    {
        if (example.User < 0 || example.User >= log.Users.Count)
        {
            return $"user {example.User} is not in the log";
        }
        var user = log.Users[example.User];
        var reason = known ?? (IsAt(user.Items, example)
            ? null
            : $"the items are not the log's events up to {example.Position}, so where they come from is unknown");
        return reason is null ? null : $"user '{user.UserId}': {reason}";
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

    private static bool IsRunOf(int[] allowed, IReadOnlyList<int> items) =>
        allowed.AsSpan().IndexOf(items.ToArray()) >= 0;
}
