using System.Collections;

namespace GtiNotebooks.Data;

/// <summary>
/// All items, in the order of their file. Everywhere else an item is its position in this list (0-based), so that models and metrics handle
/// plain integers. Immutable and safe to use from several threads.
/// </summary>
public sealed class Catalogue : IReadOnlyList<Item>
{
    /// <summary>What an items file should look like; used in error messages.</summary>
    internal const string Expected = "one JSON object a line, such as {\"item_id\":\"7\",\"title\":\"...\",\"description\":\"...\"}";

    private readonly Item[] _items;
    // The longest records of published data, metadata of products, have some hundred thousand characters.
    private const int LongestLine = 1 << 24;

    private readonly Dictionary<string, int> _index;

    /// <summary>Makes a catalogue of items in the given order.</summary>
    /// <param name="items">At least one item; the ids differ.</param>
    /// <exception cref="ArgumentException">There is no item, or two share an id.</exception>
    public Catalogue(IEnumerable<Item> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        _items = [.. items];
        if (_items.Length == 0)
        {
            throw new ArgumentException("A catalogue needs at least one item.", nameof(items));
        }
        _index = new Dictionary<string, int>(_items.Length, StringComparer.Ordinal);
        for (var i = 0; i < _items.Length; i++)
        {
            if (!_index.TryAdd(_items[i].Id, i))
            {
                throw new ArgumentException($"Two items have the id '{_items[i].Id}'.", nameof(items));
            }
        }
    }

    private Catalogue(Item[] items, Dictionary<string, int> index) => (_items, _index) = (items, index);

    /// <summary>The number of items.</summary>
    public int Count => _items.Length;

    /// <summary>The item at a position.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public Item this[int index] => _items[index];

    /// <summary>
    /// Reads an items file: one JSON object a line with <c>item_id</c> (text or a whole number), <c>title</c> (not empty), <c>description</c>
    /// (text, may be empty or null) and any further fields. Blank lines are skipped.
    /// </summary>
    /// <param name="itemsJsonl">The file, UTF-8.</param>
    /// <returns>The items in the order of the file.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is not such an object, or an id is there twice; file and line are named.</exception>
    public static Catalogue Load(string itemsJsonl)
    {
        FileProblem.RequireFile(itemsJsonl, Expected);
        var items = new List<Item>();
        var lines = new List<int>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (line, item) in Read(itemsJsonl))
        {
            if (!index.TryAdd(item.Id, items.Count))
            {
                throw FileProblem.At(itemsJsonl, line, $"the item_id '{item.Id}' is already on line {lines[index[item.Id]]}; ids must differ.");
            }
            items.Add(item);
            lines.Add(line);
        }
        return items.Count > 0 ? new Catalogue([.. items], index) : throw FileProblem.In(itemsJsonl, $"no items. It should hold {Expected}.");
    }

    private static IEnumerable<(int Line, Item Item)> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var lines = new Utf8Lines(stream, LongestLine);
        var parser = new ItemLine(path);
        for (var line = 1; Next(lines, path, line) is { } text; line++)
        {
            if (!text.Span.Trim(" \t\v\f"u8).IsEmpty)
            {
                yield return (line, parser.Parse(text, line));
            }
        }
    }

    private static ReadOnlyMemory<byte>? Next(Utf8Lines lines, string path, int line)
    {
        try
        {
            return lines.Next();
        }
        catch (FormatException problem)
        {
            throw FileProblem.At(path, line, problem.Message);
        }
    }

    /// <summary>The position of an item.</summary>
    /// <param name="itemId">The item's id; case matters.</param>
    /// <exception cref="KeyNotFoundException">No item has this id.</exception>
    public int IndexOf(string itemId) =>
        TryIndexOf(itemId, out var index) ? index : throw new KeyNotFoundException($"No item has the id '{itemId}' ({Count} items).");

    /// <summary>The position of an item, if there is such an item.</summary>
    /// <param name="itemId">The item's id; case matters.</param>
    /// <param name="index">Its position, or 0.</param>
    /// <returns>Whether an item has this id.</returns>
    public bool TryIndexOf(string itemId, out int index) => _index.TryGetValue(itemId, out index);

    /// <summary>The position of an item whose id need not be a string of its own.</summary>
    internal bool TryIndexOf(ReadOnlySpan<char> itemId, out int index) => _index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(itemId, out index);

    /// <summary>The items in order.</summary>
    public IEnumerator<Item> GetEnumerator() => ((IEnumerable<Item>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
