// A dictionary that keeps insertion order.
using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)> where TKey : notnull
{
    private readonly List<(TKey, TValue)> _list = [];
    private readonly Dictionary<TKey, TValue> _map = [];

    public OrderedDict() { }

    public TValue this[TKey key]
    {
        get => _map[key];
        set
        {
            if (_map.ContainsKey(key)) _list[Position(key)] = (key, value);
            else _list.Add((key, value));
            _map[key] = value;
        }
    }

    public (TKey, TValue) this[int index]
    {
        get => _list[index];
        set
        {
            _map.Remove(_list[index].Item1);
            _list[index] = value;
            _map[value.Item1] = value.Item2;
        }
    }

    public ICollection<TKey> Keys => _list.Select(pair => pair.Item1).ToList();
    public ICollection<TValue> Values => _list.Select(pair => pair.Item2).ToList();
    public int Count => _list.Count;
    public bool IsReadOnly => false;

    public IEnumerable<TKey> keys() => Keys;
    public IEnumerable<TValue> values() => Values;
    public IEnumerator<(TKey, TValue)> items() => GetEnumerator();

    public void Add(TKey key, TValue value)
    {
        _map.Add(key, value);
        _list.Add((key, value));
    }

    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);
    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);
    public bool ContainsKey(TKey key) => _map.ContainsKey(key);
    public bool Contains((TKey, TValue) item) => _list.Contains(item);
    public bool Contains(KeyValuePair<TKey, TValue> item) => _map.Contains(item);
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _map.TryGetValue(key, out value);
    public int IndexOf((TKey, TValue) item) => _list.IndexOf(item);

    public bool Remove(TKey key)
    {
        if (!_map.Remove(key)) return false;
        _list.RemoveAt(Position(key));
        return true;
    }

    public bool Remove((TKey, TValue) item) => Remove(item.Item1);
    public bool Remove(KeyValuePair<TKey, TValue> item) => Remove(item.Key);
    public void RemoveAt(int index) => Remove(_list[index].Item1);

    public void Insert(int index, (TKey, TValue) item)
    {
        _map.Add(item.Item1, item.Item2);
        _list.Insert(index, item);
    }

    public void Clear()
    {
        _map.Clear();
        _list.Clear();
    }

    public void clear() => Clear();
    public void CopyTo((TKey, TValue)[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach (var (key, value) in _list) array[arrayIndex++] = new(key, value);
    }

    public IEnumerator<(TKey, TValue)> GetEnumerator() => _list.GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() =>
        _list.Select(pair => new KeyValuePair<TKey, TValue>(pair.Item1, pair.Item2)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Position(TKey key) => _list.FindIndex(pair => EqualityComparer<TKey>.Default.Equals(pair.Item1, key));
}

/// <summary>The name under which a field is registered, where it differs from the field's own.</summary>
public class ComponentNameAttribute : Attribute
{
    public string Name { get; set; } = null!;
}
