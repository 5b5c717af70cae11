namespace GtiNotebooks.Data;

/// <summary>
/// Puts histories together again from rows that each tell a user's latest items and the one that came next. Rows of a user come in time
/// order; each row's history must be the end of what the rows before told.
/// </summary>
internal sealed class SequenceRebuilder
{
    private readonly Dictionary<string, List<string>> _sequences = new(StringComparer.Ordinal);
    private readonly List<string> _users = [];
    private readonly List<(bool IsTest, string User, int Position)> _targets = [];
    private readonly List<int> _firstHistories = [];
    private int _longestHistory;

    /// <summary>Adds a row that is no target of the split.</summary>
    public void Append(string user, IReadOnlyList<string> history, string target, string path, int line)
    {
        _longestHistory = Math.Max(_longestHistory, history.Count);
        if (!_sequences.TryGetValue(user, out var sequence))
        {
            _sequences[user] = sequence = [.. history];
            _users.Add(user);
            _firstHistories.Add(history.Count);
        }
        else if (history.Count > sequence.Count || !sequence.Skip(sequence.Count - history.Count).SequenceEqual(history, StringComparer.Ordinal))
        {
            throw FileProblem.At(
                path, line,
                $"the history of user '{user}' ({Shown(history)}) does not continue what earlier rows told ({Shown(sequence)}); rows must be in time order, none left out.");
        }
        sequence.Add(target);
    }

    /// <summary>Adds a validation or test row.</summary>
    public void AppendTarget(bool isTest, string user, IReadOnlyList<string> history, string target, string path, int line)
    {
        Append(user, history, target, path, line);
        _targets.Add((isTest, user, _sequences[user].Count - 1));
    }

    /// <summary>The events, with each one's position in its history as its time, and the targets.</summary>
    public (EventTable Events, IReadOnlyList<SourceTarget> Targets) Build(ImportContext context)
    {
        var events = new EventTable();
        var starts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var user in _users)
        {
            starts[user] = events.Events.Count;
            for (var i = 0; i < _sequences[user].Count; i++)
            {
                events.Add(user, _sequences[user][i], i);
            }
        }
        context.EventsRead = events.Events.Count;
        context.Notes.Add("the source has no times: a timestamp is the event's position in its user's history");
        var cut = _firstHistories.Count(length => length > 1 && length == _longestHistory);
        if (cut > 0)
        {
            context.Notes.Add(FormattableString.Invariant(
                $"{cut:N0} users' first rows have a history of {_longestHistory}, as long as any row's: what they did before may be missing"));
        }
        return (events, [.. _targets.Select(target => new SourceTarget(target.IsTest, starts[target.User] + target.Position))]);
    }

    private static string Shown(IReadOnlyList<string> items) => items.Count <= 4 ? string.Join(' ', items) : $"... {string.Join(' ', items.TakeLast(4))}";
}
