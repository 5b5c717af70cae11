using System.Globalization;

namespace GtiNotebooks.Data;

/// <summary>
/// The histories of all users, ordered by user id (ordinal), so that the order of the rows in a file does not matter. Immutable and safe to use
/// from several threads.
/// </summary>
public sealed class InteractionLog
{
    /// <summary>What an interactions file should look like; used in error messages.</summary>
    internal const string Expected = "a header with user_id,item_id,timestamp and one row for each event";

    private readonly Dictionary<string, int> _index;

    /// <summary>Makes a log of histories.</summary>
    /// <param name="users">One history for each user, each with at least one event and as many timestamps as items.</param>
    /// <exception cref="ArgumentException">There is no history, one is empty or uneven or out of time order, or a user is there twice.</exception>
    public InteractionLog(IEnumerable<UserHistory> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        var sorted = users.OrderBy(user => user.UserId, StringComparer.Ordinal).ToArray();
        if (sorted.Length == 0)
        {
            throw new ArgumentException("A log needs at least one user.", nameof(users));
        }
        _index = new Dictionary<string, int>(sorted.Length, StringComparer.Ordinal);
        for (var i = 0; i < sorted.Length; i++)
        {
            Check(sorted[i]);
            if (!_index.TryAdd(sorted[i].UserId, i))
            {
                throw new ArgumentException($"The user '{sorted[i].UserId}' is there twice.", nameof(users));
            }
        }
        Users = sorted;
    }

    /// <summary>The histories, ordered by user id. Elsewhere a user is the position in this list (0-based).</summary>
    public IReadOnlyList<UserHistory> Users { get; }

    /// <summary>The number of events of all users.</summary>
    public int EventCount => Users.Sum(user => user.Items.Count);

    /// <summary>The position of a user in <see cref="Users"/>, if there is such a user.</summary>
    /// <param name="userId">The user's id; case matters.</param>
    /// <param name="index">The position, or 0.</param>
    /// <returns>Whether the log has this user.</returns>
    public bool TryIndexOf(string userId, out int index) => _index.TryGetValue(userId, out index);

    /// <summary>
    /// Reads an interactions file: CSV with the columns <c>user_id</c>, <c>item_id</c> and <c>timestamp</c> (a whole number) in any order;
    /// further columns are ignored, fields may be quoted. Each user's events are sorted by time; equal times keep the order of the file.
    /// </summary>
    /// <param name="csv">The file, UTF-8.</param>
    /// <param name="catalogue">The items that the rows may name.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A column is missing or a row is wrong; file and line are named.</exception>
    public static InteractionLog Load(string csv, Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        using var table = CsvTable.Open(csv, Expected);
        int userColumn = table.Column("user_id"), itemColumn = table.Column("item_id"), timeColumn = table.Column("timestamp");
        var events = new HistoryBuilder();
        foreach (var (line, fields) in table.ReadRows())
        {
            var user = fields.Span(userColumn);
            if (user.IsWhiteSpace())
            {
                throw FileProblem.At(csv, line, "user_id is empty.");
            }
            events.Add(user, ItemAt(fields.Span(itemColumn), catalogue, csv, line), TimeAt(fields.Span(timeColumn), csv, line));
        }
        return events.Count > 0
            ? new InteractionLog(events.Build())
            : throw FileProblem.In(csv, $"no events: every history would be empty. It should hold {Expected}.");
    }

    private static int ItemAt(ReadOnlySpan<char> id, Catalogue catalogue, string path, int line) =>
        catalogue.TryIndexOf(id, out var item)
            ? item
            : throw FileProblem.At(path, line, $"the item_id '{id}' is not in the catalogue of {catalogue.Count} items.");

    private static long TimeAt(ReadOnlySpan<char> text, string path, int line) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var time)
            ? time
            : throw FileProblem.At(path, line, $"the timestamp '{text}' is not a whole number (such as seconds since 1970, or a counter).");

    private static void Check(UserHistory user)
    {
        if (user.Items.Count == 0)
        {
            throw new ArgumentException($"The history of user '{user.UserId}' is empty.", "users");
        }
        if (user.Items.Count != user.Timestamps.Count)
        {
            throw new ArgumentException($"User '{user.UserId}' has {user.Items.Count} items but {user.Timestamps.Count} timestamps.", "users");
        }
        for (var i = 1; i < user.Timestamps.Count; i++)
        {
            if (user.Timestamps[i] < user.Timestamps[i - 1])
            {
                throw new ArgumentException($"The timestamps of user '{user.UserId}' fall at event {i}; histories go oldest first.", "users");
            }
        }
    }
}
