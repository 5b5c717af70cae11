namespace GtiNotebooks.Data;

/// <summary>
/// Which events a recommender may learn from, as one sequence a user. This is the one place that says so: everything fitted on events rather
/// than on pairs (item counts, co-occurrences, sequences) takes them from here.
/// </summary>
public static class TrainingEvents
{
    /// <summary>Each user's events that may be learnt from, those included that are too few to make a pair (<see cref="Split.TrainingLengths"/>).</summary>
    /// <param name="log">All histories.</param>
    /// <param name="split">A split of this log; its training pairs are checked against its held-out ones.</param>
    /// <returns>For each user of the log, in its order, the items oldest first (positions in the catalogue); none where all are held out.</returns>
    /// <exception cref="ArgumentException">A training pair is not an event of the log, or lies at or after the user's first held-out target.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Of(InteractionLog log, Split split)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(split);
        var firstHeldOut = split.FirstHeldOut();
        foreach (var pair in split.Train)
        {
            Check(pair, log, firstHeldOut);
        }
        return [.. log.Users.Zip(split.TrainingLengths(log), (user, length) => user.Items.Take(length).ToArray())];
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
