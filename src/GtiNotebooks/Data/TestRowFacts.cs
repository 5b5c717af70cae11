namespace GtiNotebooks.Data;

/// <summary>
/// What a metric over these rows averages: how many rows and users there are and how many of them are special. Plain counts, to stand in a
/// record beside the metrics; <see cref="TestRowGroups"/> says which rows they are.
/// </summary>
/// <param name="Rows">The rows.</param>
/// <param name="Users">Users with at least one row.</param>
/// <param name="UsersWithSeveralRows">Users with two rows or more.</param>
/// <param name="RowsOfUsersWithSeveralRows">The rows that those users have.</param>
/// <param name="RepeatTargets">Rows whose target is among the items of the row's history as the models get it, cut to the split's maximum.</param>
/// <param name="UnseenTargets">Rows whose target occurs in no training event (an event before its user's first held-out target and, where the
/// split is by time, before its end of training).</param>
/// <param name="UnpairedTargets">Rows whose target occurs in no training pair: the unseen ones and those whose only training events are of users
/// with a single one, which makes no pair.</param>
/// <param name="RowsOfUsersWithoutTraining">Rows whose user has no training event.</param>
/// <param name="EmptyHistories">Rows without a history; our splits make none.</param>
public sealed record TestRowFacts(
    int Rows, int Users, int UsersWithSeveralRows, int RowsOfUsersWithSeveralRows, int RepeatTargets, int UnseenTargets, int UnpairedTargets,
    int RowsOfUsersWithoutTraining, int EmptyHistories)
{
    /// <summary>Counts the test rows.</summary>
    /// <param name="split">The split.</param>
    /// <param name="log">The log that was split.</param>
    /// <exception cref="ArgumentException">A row names a user that the log does not have.</exception>
    public static TestRowFacts Of(Split split, InteractionLog log) => Of(TestRowGroups.Of(split, log), split.Test);

    /// <summary>Counts the validation rows; training is what it is for the test rows.</summary>
    /// <param name="split">The split.</param>
    /// <param name="log">The log that was split.</param>
    /// <exception cref="ArgumentException">A row names a user that the log does not have.</exception>
    public static TestRowFacts OfValidation(Split split, InteractionLog log) => Of(TestRowGroups.OfValidation(split, log), split.Validation);

    private static TestRowFacts Of(TestRowGroups groups, IReadOnlyList<NextItemExample> rows) => new(
        rows.Count,
        rows.Select(row => row.User).Distinct().Count(),
        groups.OfUsersWithSeveralRows.Select(i => rows[i].User).Distinct().Count(),
        groups.OfUsersWithSeveralRows.Count,
        groups.RepeatTargets.Count,
        groups.UnseenTargets.Count,
        groups.UnpairedTargets.Count,
        groups.OfUsersWithoutTraining.Count,
        groups.EmptyHistories.Count);
}
