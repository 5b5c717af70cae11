using System.Globalization;

namespace GtiNotebooks.Data;

/// <summary>
/// A split that a data set's publishers fixed: a file names each validation and test target by user and position, so that results compare
/// with published ones row by row. Training gets only the events before a user's first such target.
/// </summary>
public static class OfficialRows
{
    private const string Expected = "a header with split,user_id,position,item_id and one row for each target (split is valid or test)";

    /// <summary>Reads a targets file: CSV with <c>split</c> (valid or test), <c>user_id</c>, <c>position</c> (0-based in the user's time
    /// order) and <c>item_id</c>, which must be the log's item there; further columns are ignored.</summary>
    /// <param name="officialTargetsCsv">The file, UTF-8.</param>
    /// <param name="catalogue">The items.</param>
    /// <param name="log">All histories.</param>
    /// <param name="maxHistory">The most items that an example's history holds; at least 1.</param>
    /// <returns>Validation and test rows in the order of the file; training pairs ordered by user and position.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A row is wrong, doubled, or has an empty history; file and line are named.</exception>
    public static Split Load(string officialTargetsCsv, Catalogue catalogue, InteractionLog log, int maxHistory)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxHistory, 1);
        var targets = ReadTargets(officialTargetsCsv, catalogue, log);
        IReadOnlyList<NextItemExample> Part(bool test) =>
            [.. targets.Where(t => t.IsTest == test).Select(t => NextItemExample.At(log, t.User, t.Position, maxHistory))];
        return new Split("official rows", [], Part(test: false), Part(test: true)).WithAllTrainingPairs(log, maxHistory);
    }

    private readonly record struct OfficialTarget(bool IsTest, int User, int Position);

    private static List<OfficialTarget> ReadTargets(string path, Catalogue catalogue, InteractionLog log)
    {
        using var table = CsvTable.Open(path, Expected);
        int splitColumn = table.Column("split"), userColumn = table.Column("user_id");
        int positionColumn = table.Column("position"), itemColumn = table.Column("item_id");
        var targets = new List<OfficialTarget>();
        var lineOf = new Dictionary<(int User, int Position), int>();
        foreach (var (line, fields) in table.ReadRows())
        {
            var isTest = fields[splitColumn] switch
            {
                "test" => true,
                "valid" => false,
                var other => throw FileProblem.At(path, line, $"the split '{other}' is neither 'valid' nor 'test'."),
            };
            var (user, position) = Locate(fields[userColumn], fields[positionColumn], log, path, line);
            CheckItem(fields[itemColumn], user, position, catalogue, log, path, line);
            if (!lineOf.TryAdd((user, position), line))
            {
                throw FileProblem.At(path, line, $"user '{fields[userColumn]}', position {position} is already on line {lineOf[(user, position)]}.");
            }
            targets.Add(new OfficialTarget(isTest, user, position));
        }
        return targets.Any(target => target.IsTest) ? targets : throw FileProblem.In(path, $"no test rows. It should hold {Expected}.");
    }

    private static (int User, int Position) Locate(string userId, string positionText, InteractionLog log, string path, int line)
    {
        if (!log.TryIndexOf(userId, out var user))
        {
            throw FileProblem.At(path, line, $"the user_id '{userId}' has no events in the interactions file.");
        }
        if (!int.TryParse(positionText, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            throw FileProblem.At(path, line, $"the position '{positionText}' is not a whole number from 0 on.");
        }
        var count = log.Users[user].Items.Count;
        return position switch
        {
            0 => throw FileProblem.At(path, line, $"position 0 of user '{userId}' has an empty history: there is nothing to predict it from."),
            _ when position >= count => throw FileProblem.At(path, line, $"position {position}, but user '{userId}' has only {count} events."),
            _ => (user, position),
        };
    }

    private static void CheckItem(string itemId, int user, int position, Catalogue catalogue, InteractionLog log, string path, int line)
    {
        var actual = catalogue[log.Users[user].Items[position]].Id;
        if (actual != itemId)
        {
            throw FileProblem.At(path, line, $"item '{itemId}' at position {position} of user '{log.Users[user].UserId}', but the interactions file has '{actual}' there.");
        }
    }
}
