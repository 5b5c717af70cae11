namespace GtiNotebooks.Data;

/// <summary>Which events are learnt from, which choose settings, and which are counted.</summary>
/// <param name="Name">How the split was made, such as "leave-one-out", "temporal" or "official rows".</param>
/// <param name="Train">Pairs that may be trained on, ordered by user and position: all of them lie before the user's first held-out target,
/// and before <see cref="TrainEndsAt"/> where the split is by time.</param>
/// <param name="Validation">Pairs for choosing settings.</param>
/// <param name="Test">Pairs for the final numbers.</param>
public sealed record Split(
    string Name,
    IReadOnlyList<NextItemExample> Train,
    IReadOnlyList<NextItemExample> Validation,
    IReadOnlyList<NextItemExample> Test)
{
    // A copy (with) keeps this field: rows that a copy leaves out, to measure fewer, stay held out.
    private readonly Dictionary<int, int> _heldOutAtFirst = EarliestOf(Validation.Concat(Test));

    /// <summary>
    /// The time from which on no event of any user may be learnt from, in the unit of the log's timestamps; null where the split is not by
    /// time. It binds users without held-out targets too.
    /// </summary>
    public long? TrainEndsAt { get; init; }

    /// <summary>The time from which on targets are test targets; the validation targets lie before it. Null where the split is not by time.</summary>
    public long? TestStartsAt { get; init; }

    /// <summary>
    /// The position of the first held-out target (validation or test) of each user that has one. Events from there on must not be trained on.
    /// A copy of a split with fewer rows answers as the whole split does.
    /// </summary>
    /// <returns>User to position.</returns>
    public IReadOnlyDictionary<int, int> FirstHeldOut()
    {
        var first = EarliestOf(Validation.Concat(Test));
        foreach (var (user, position) in _heldOutAtFirst)
        {
            first[user] = Math.Min(position, first.GetValueOrDefault(user, int.MaxValue));
        }
        return first;
    }

    /// <summary>
    /// How many of each user's events may be learnt from, counted from the oldest: those before the user's first held-out target and before
    /// <see cref="TrainEndsAt"/>. An event that is no pair's target because it is the user's first counts too.
    /// </summary>
    /// <param name="log">The log that was split.</param>
    /// <returns>For each user of the log, in its order, from 0 to the history's length.</returns>
    /// <exception cref="ArgumentException">A held-out row names a user that the log does not have.</exception>
    public IReadOnlyList<int> TrainingLengths(InteractionLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var lengths = log.Users.Select(user => TrainEndsAt is { } end ? user.Timestamps.Count(time => time < end) : user.Items.Count).ToArray();
        foreach (var (user, position) in FirstHeldOut())
        {
            if (user < 0 || user >= lengths.Length)
            {
                throw new ArgumentException($"The split is not one of this log: it holds out events of user {user}, the log has {lengths.Length} users.", nameof(log));
            }
            lengths[user] = Math.Min(lengths[user], position);
        }
        return lengths;
    }

    /// <summary>The same held-out rows with every pair that may be trained on.</summary>
    internal Split WithAllTrainingPairs(InteractionLog log, int maxHistory)
    {
        var lengths = TrainingLengths(log);
        var train = new List<NextItemExample>();
        for (var user = 0; user < lengths.Count; user++)
        {
            for (var position = 1; position < lengths[user]; position++)
            {
                train.Add(NextItemExample.At(log, user, position, maxHistory));
            }
        }
        return this with { Train = train };
    }

    private static Dictionary<int, int> EarliestOf(IEnumerable<NextItemExample> rows)
    {
        var first = new Dictionary<int, int>();
        foreach (var row in rows)
        {
            first[row.User] = Math.Min(row.Position, first.GetValueOrDefault(row.User, int.MaxValue));
        }
        return first;
    }
}
