namespace GtiNotebooks.Data;

/// <summary>
/// Test rows (or validation rows) that a reader should see apart, as indices into the split's list of rows, ascending, so that metrics can be
/// shown for each group. A row may be in several groups.
/// </summary>
/// <param name="OfUsersWithSeveralRows">Rows whose user has other rows too; such rows are not independent of one another.</param>
/// <param name="RepeatTargets">Rows whose target is among the items of the row's <see cref="NextItemExample.History"/>, as the models get it:
/// a recommender that leaves out seen items cannot find it.</param>
/// <param name="UnseenTargets">Rows whose target occurs in no training event, which are the events that <see cref="Split.TrainingLengths"/>
/// counts.</param>
/// <param name="UnpairedTargets">Rows whose target occurs in no training pair (see <see cref="TrainingEvents"/>). These are the unseen ones and
/// those whose only training events are of users with a single one, which makes no pair: nothing that learns from pairs can find them.</param>
/// <param name="OfUsersWithoutTraining">Rows whose user has no training event: only the row's history tells the user's taste.</param>
/// <param name="EmptyHistories">Rows without a history; our splits make none.</param>
public sealed record TestRowGroups(
    IReadOnlyList<int> OfUsersWithSeveralRows,
    IReadOnlyList<int> RepeatTargets,
    IReadOnlyList<int> UnseenTargets,
    IReadOnlyList<int> UnpairedTargets,
    IReadOnlyList<int> OfUsersWithoutTraining,
    IReadOnlyList<int> EmptyHistories)
{
    /// <summary>Groups the test rows.</summary>
    /// <param name="split">The split.</param>
    /// <param name="log">The log that was split.</param>
    /// <exception cref="ArgumentException">A row names a user that the log does not have.</exception>
    public static TestRowGroups Of(Split split, InteractionLog log)
    {
        ArgumentNullException.ThrowIfNull(split);
        return Of(split.Test, split, log);
    }

    /// <summary>Groups the validation rows; training is what it is for the test rows.</summary>
    /// <param name="split">The split.</param>
    /// <param name="log">The log that was split.</param>
    /// <exception cref="ArgumentException">A row names a user that the log does not have.</exception>
    public static TestRowGroups OfValidation(Split split, InteractionLog log)
    {
        ArgumentNullException.ThrowIfNull(split);
        return Of(split.Validation, split, log);
    }

    private static TestRowGroups Of(IReadOnlyList<NextItemExample> rows, Split split, InteractionLog log)
    {
        var lengths = split.TrainingLengths(log);
        var seen = log.Users.SelectMany((user, i) => user.Items.Take(lengths[i])).ToHashSet();
        var paired = split.Train.SelectMany(pair => pair.History.Append(pair.Target)).ToHashSet();
        var rowsOf = rows.CountBy(row => row.User).ToDictionary();
        int[] Where(Func<NextItemExample, bool> condition) => [.. Enumerable.Range(0, rows.Count).Where(i => condition(rows[i]))];
        return new TestRowGroups(
            Where(row => rowsOf[row.User] > 1),
            Where(row => row.History.Contains(row.Target)),
            Where(row => !seen.Contains(row.Target)),
            Where(row => !paired.Contains(row.Target)),
            Where(row => lengths[row.User] == 0),
            Where(row => row.History.Count == 0));
    }
}
