namespace GtiNotebooks.Data;

/// <summary>
/// Which events a recommender may learn from, as one sequence a user. This is the one place that says so: everything fitted on events rather
/// than on pairs (item counts, co-occurrences, sequences) takes them from here, and so sees what the split's training pairs show and no more.
/// </summary>
public static class TrainingEvents
{
    /// <summary>
    /// Each user's events up to the target of the user's last training pair. A user without training pairs contributes nothing: whether a
    /// single event that no pair contains lies before the cut of a temporal split cannot be told from the pairs.
    /// </summary>
    /// <param name="log">All histories.</param>
    /// <param name="split">A split of this log; only its training pairs are taken, its held-out pairs are checked against them.</param>
    /// <returns>For each user of the log, in its order, the items oldest first (positions in the catalogue); at least two, or none.</returns>
    /// <exception cref="ArgumentException">A training pair is not an event of the log, or lies at or after the user's first held-out target.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Of(InteractionLog log, Split split)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(split);
        var firstHeldOut = split.FirstHeldOut();
        var counts = new int[log.Users.Count];
        foreach (var pair in split.Train)
        {
            Check(pair, log, firstHeldOut);
            counts[pair.User] = Math.Max(counts[pair.User], pair.Position + 1);
        }
        return [.. log.Users.Select((user, i) => user.Items.Take(counts[i]).ToArray())];
    }

    private static void Check(NextItemExample pair, InteractionLog log, IReadOnlyDictionary<int, int> firstHeldOut)
    {
        if (pair.User < 0 || pair.User >= log.Users.Count || pair.Position < 1 || pair.Position >= log.Users[pair.User].Items.Count
            || log.Users[pair.User].Items[pair.Position] != pair.Target)
        {
            throw new ArgumentException($"The split is not one of this log: it has no event {pair.Position} of user {pair.User} with item {pair.Target}.", "split");
        }
        if (firstHeldOut.TryGetValue(pair.User, out var first) && pair.Position >= first)
        {
            throw new ArgumentException(
                $"User '{log.Users[pair.User].UserId}' has a training pair at event {pair.Position}, but events from {first} on are held out.", "split");
        }
    }
}
