namespace GtiNotebooks.Retrieval;

/// <summary>
/// Builds the arrays of a <see cref="PrefixTrie"/>: sorts the IDs, so that the IDs below a node are one range of them, and walks the ranges
/// level by level. Sorting dominates: O(n log n) for n items.
/// </summary>
internal sealed class PrefixTrieBuilder
{
    private readonly int[] _tokens;  // all IDs, one after the other
    private readonly int[] _starts;  // [items + 1]: ID i is _tokens[_starts[i] .. _starts[i + 1] - 1]
    private readonly int[] _order;   // items sorted by ID, equal IDs by index

    private int _nodes;
    private int _itemsPlaced;

    public PrefixTrieBuilder(IReadOnlyList<IReadOnlyList<int>> sequences)
    {
        if (sequences.Count == 0)
        {
            throw new ArgumentException("A trie needs at least one ID.", nameof(sequences));
        }
        (_tokens, _starts) = Flatten(sequences);
        _order = [.. Enumerable.Range(0, sequences.Count)];
        Sort();

        var nodes = CountPrefixes();
        ChildStart = new int[nodes + 1];
        ItemStart = new int[nodes + 1];
        EdgeToken = new int[nodes - 1];
        Items = new int[sequences.Count];
        PlaceLevels();
    }

    public int[] ChildStart { get; }

    public int[] ItemStart { get; }

    public int[] EdgeToken { get; }

    public int[] Items { get; }

    public int Depth { get; private set; }

    public int LeafCount { get; private set; }

    private static (int[] Tokens, int[] Starts) Flatten(IReadOnlyList<IReadOnlyList<int>> sequences)
    {
        var starts = new int[sequences.Count + 1];
        for (var item = 0; item < sequences.Count; item++)
        {
            if (sequences[item] is not { Count: > 0 })
            {
                throw new ArgumentException($"The ID of item {item} has no tokens.", nameof(sequences));
            }
            starts[item + 1] = checked(starts[item] + sequences[item].Count);
        }
        var tokens = new int[starts[^1]];
        for (var item = 0; item < sequences.Count; item++)
        {
            CopyTokens(sequences[item], tokens.AsSpan(starts[item]..starts[item + 1]), item);
        }
        return (tokens, starts);
    }

    private static void CopyTokens(IReadOnlyList<int> sequence, Span<int> tokens, int item)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = sequence[i] >= 0
                ? sequence[i]
                : throw new ArgumentException($"The ID of item {item} has the token {sequence[i]} at position {i}; token ids are at least 0.", "sequences");
        }
    }

    private ReadOnlySpan<int> IdOf(int item) => _tokens.AsSpan(_starts[item]..(_starts[item + 1]));

    // By the first two tokens as one number, which is fast, and the IDs that agree in them by comparison.
    private void Sort()
    {
        var keys = new long[_order.Length];
        for (var item = 0; item < keys.Length; item++)
        {
            var id = IdOf(item);
            keys[item] = ((long)id[0] << 32) | (id.Length > 1 ? (uint)id[1] + 1 : 0);
        }
        Array.Sort(keys, _order);
        for (int from = 0, to; from < keys.Length; from = to)
        {
            for (to = from + 1; to < keys.Length && keys[to] == keys[from]; to++)
            {
            }
            _order.AsSpan(from..to).Sort(Compare);
        }
    }

    // Token by token, a prefix before what it begins, equal IDs by item.
    private int Compare(int x, int y)
    {
        var order = IdOf(x).SequenceCompareTo(IdOf(y));
        return order != 0 ? order : x.CompareTo(y);
    }

    // A node is a prefix that is not shared with the ID before it in the order.
    private int CountPrefixes()
    {
        var nodes = 1;
        ReadOnlySpan<int> previous = [];
        foreach (var item in _order)
        {
            var id = IdOf(item);
            nodes += id.Length - id.CommonPrefixLength(previous);
            previous = id;
        }
        return nodes;
    }

    private void PlaceLevels()
    {
        var level = new List<(int From, int To)> { (0, _order.Length) };
        _nodes = 1;
        for (var depth = 0; level.Count > 0; depth++)
        {
            Depth = depth;
            level = PlaceLevel(level, depth);
        }
    }

    // Places the nodes of one level, each a range of the sorted IDs that agree in their first `depth` tokens; returns the next level's.
    private List<(int From, int To)> PlaceLevel(List<(int From, int To)> level, int depth)
    {
        var next = new List<(int From, int To)>(level.Count);
        var node = _nodes - level.Count;
        foreach (var (from, to) in level)
        {
            var rest = PlaceItems(from, to, depth);
            ItemStart[node + 1] = _itemsPlaced;
            LeafCount += rest > from ? 1 : 0;
            PlaceChildren(rest, to, depth, next);
            ChildStart[node + 1] = _nodes - 1;
            node++;
        }
        return next;
    }

    // IDs that end here are the first of the range; returns where the longer ones begin.
    private int PlaceItems(int from, int to, int depth)
    {
        while (from < to && IdOf(_order[from]).Length == depth)
        {
            Items[_itemsPlaced++] = _order[from++];
        }
        return from;
    }

    private void PlaceChildren(int from, int to, int depth, List<(int From, int To)> next)
    {
        while (from < to)
        {
            var token = IdOf(_order[from])[depth];
            var end = from + 1;
            while (end < to && IdOf(_order[end])[depth] == token)
            {
                end++;
            }
            EdgeToken[_nodes - 1] = token;
            _nodes++;
            next.Add((from, end));
            from = end;
        }
    }
}
