using System.Collections;

namespace GtiNotebooks.Data;

/// <summary>The fields of one row of a CSV file, until the next row is read. A field becomes a string only when it is asked for as one.</summary>
internal sealed class CsvFields : IReadOnlyList<string>
{
    private char[] _text = new char[1 << 8];
    private int[] _ends = new int[1 << 4];
    private int _length;

    /// <summary>The number of fields that have ended.</summary>
    public int Count { get; private set; }

    /// <summary>The number of characters of all fields.</summary>
    public int Length => _length;

    /// <summary>A field as a string of its own, which may be kept.</summary>
    public string this[int index] => Span(index).ToString();

    /// <summary>A field as it lies there; the next row overwrites it.</summary>
    public ReadOnlySpan<char> Span(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _text.AsSpan((index == 0 ? 0 : _ends[index - 1]).._ends[index]);
    }

    /// <summary>Forgets the row.</summary>
    public void Clear() => (_length, Count) = (0, 0);

    /// <summary>Adds characters to the field that has not ended yet.</summary>
    public void Append(ReadOnlySpan<char> more)
    {
        if (_length + more.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_length + more.Length, 2 * _text.Length));
        }
        more.CopyTo(_text.AsSpan(_length));
        _length += more.Length;
    }

    /// <summary>Ends the field.</summary>
    public void End()
    {
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * _ends.Length);
        }
        _ends[Count++] = _length;
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
