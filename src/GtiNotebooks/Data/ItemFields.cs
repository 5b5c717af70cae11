using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace GtiNotebooks.Data;

/// <summary>The further fields of an item, in the order of their names: few of them, in one array, for every item of a catalogue has its own.</summary>
internal sealed class ItemFields : IReadOnlyDictionary<string, string>
{
    /// <summary>No fields.</summary>
    public static readonly ItemFields None = new([]);

    private readonly KeyValuePair<string, string>[] _fields;

    private ItemFields(KeyValuePair<string, string>[] fields) => _fields = fields;

    /// <summary>Sorts fields by name; of those with one name the last is kept.</summary>
    /// <param name="fields">In any order.</param>
    public static ItemFields Of(List<KeyValuePair<string, string>> fields)
    {
        if (fields.Count == 0)
        {
            return None;
        }
        var sorted = fields.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Key == sorted[i - 1].Key)
            {
                return LastOfEach(fields);
            }
        }
        return new ItemFields(sorted);
    }

    private static ItemFields LastOfEach(List<KeyValuePair<string, string>> fields)
    {
        var last = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            last[name] = value;
        }
        return new ItemFields([.. last]);
    }

    public int Count => _fields.Length;

    public IEnumerable<string> Keys => _fields.Select(pair => pair.Key);

    public IEnumerable<string> Values => _fields.Select(pair => pair.Value);

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no field '{key}'.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        int low = 0, high = _fields.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(_fields[middle].Key, key) < 0 ? (middle + 1, high) : (low, middle);
        }
        var isFound = low < _fields.Length && _fields[low].Key == key;
        value = isFound ? _fields[low].Value : null;
        return isFound;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
