namespace GtiNotebooks.Data;

/// <summary>
/// Gathers the events of all users in the order of a file. A log has millions: they lie in pieces, so that nothing is copied as their number
/// grows, and a user's name becomes a string once.
/// </summary>
internal sealed class HistoryBuilder
{
    private const int EventsOfPiece = 1 << 12;

    private readonly List<Event[]> _pieces = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numberOf;
    private readonly List<(string Name, int Events)> _users = [];

    public HistoryBuilder() => _numberOf = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly record struct Event(int User, int Item, long Time);

    /// <summary>The number of events.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an event.</summary>
    public void Add(ReadOnlySpan<char> user, int item, long time)
    {
        if (!_numberOf.TryGetValue(user, out var number))
        {
            var name = user.ToString();
            _numbers[name] = number = _users.Count;
            _users.Add((name, 0));
        }
        _users[number] = _users[number] with { Events = _users[number].Events + 1 };
        if (Count % EventsOfPiece == 0)
        {
            _pieces.Add(new Event[EventsOfPiece]);
        }
        _pieces[Count / EventsOfPiece][Count % EventsOfPiece] = new Event(number, item, time);
        Count++;
    }

    /// <summary>The histories, users in the order of their first event.</summary>
    public IEnumerable<UserHistory> Build()
    {
        var items = _users.Select(user => new int[user.Events]).ToArray();
        var times = _users.Select(user => new long[user.Events]).ToArray();
        var filled = new int[_users.Count];
        for (var i = 0; i < Count; i++)
        {
            var (user, item, time) = _pieces[i / EventsOfPiece][i % EventsOfPiece];
            var place = filled[user]++;
            (items[user][place], times[user][place]) = (item, time);
        }
        return _users.Select((user, number) => InTimeOrder(user.Name, items[number], times[number]));
    }

    private static UserHistory InTimeOrder(string user, int[] items, long[] times)
    {
        if (IsAscending(times))
        {
            return new UserHistory(user, items, times);
        }
        var order = Enumerable.Range(0, times.Length).ToArray();
        Array.Sort(order, (a, b) => times[a] != times[b] ? times[a].CompareTo(times[b]) : a.CompareTo(b)); // equal times keep their order
        return new UserHistory(user, Array.ConvertAll(order, i => items[i]), Array.ConvertAll(order, i => times[i]));
    }

    private static bool IsAscending(ReadOnlySpan<long> times)
    {
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] < times[i - 1])
            {
                return false;
            }
        }
        return true;
    }
}
