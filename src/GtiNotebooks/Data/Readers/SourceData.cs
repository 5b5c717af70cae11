namespace GtiNotebooks.Data;

/// <summary>One event as a source tells it: positions in the id tables of its <see cref="EventTable"/>.</summary>
internal readonly record struct SourceEvent(int User, int Item, long Time);

/// <summary>Gives each id a number, in the order of first appearance: millions of events share few ids.</summary>
internal sealed class IdTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];

    public int Count => _ids.Count;

    public string this[int number] => _ids[number];

    public int NumberOf(string id)
    {
        if (!_numbers.TryGetValue(id, out var number))
        {
            _numbers[id] = number = _ids.Count;
            _ids.Add(id);
        }
        return number;
    }

    public bool Contains(string id) => _numbers.ContainsKey(id);
}

/// <summary>All events of a source, in its order.</summary>
internal sealed class EventTable
{
    public IdTable Users { get; } = new();

    public IdTable Items { get; } = new();

    public List<SourceEvent> Events { get; } = [];

    public void Add(string user, string item, long time) => Events.Add(new SourceEvent(Users.NumberOf(user), Items.NumberOf(item), time));
}

/// <summary>A validation or test target of a published split: an event, by its place in the source's order.</summary>
internal readonly record struct SourceTarget(bool IsTest, int Event);

/// <summary>Published Semantic IDs: the tokens of each item, and the name of the file they came from.</summary>
internal sealed record SourceCodes(string FileName, IReadOnlyDictionary<string, IReadOnlyList<string>> Tokens);

/// <summary>What a reader found, before events are filtered.</summary>
/// <param name="Form">Which form of the format it was.</param>
/// <param name="Items">The items, texts cleaned; each has a title, ids differ.</param>
/// <param name="Events">The events; may name items that are not among <paramref name="Items"/>.</param>
internal sealed record SourceData(string Form, SourceItems Items, EventTable Events)
{
    /// <summary>The published split in its order; empty when there is none.</summary>
    public IReadOnlyList<SourceTarget> Targets { get; init; } = [];

    /// <summary>The published Semantic IDs, or null.</summary>
    public SourceCodes? Codes { get; init; }
}

/// <summary>Reads one foreign format.</summary>
internal interface ISourceReader
{
    /// <summary>The format's name on the command line.</summary>
    string Format { get; }

    /// <summary>The options (as on the command line) that this format has beyond those of every format.</summary>
    IReadOnlyList<string> Options { get; }

    /// <summary>Reads a file or folder; what is wrong with it becomes an exception that names file and line.</summary>
    SourceData Read(string source, ImportContext context);
}
