using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Retrieval;

/// <summary>
/// All valid IDs as a trie: what may follow a prefix, and which items an ID names. Immutable, in five flat arrays: nodes are numbered breadth
/// first, so that the children of a node have consecutive numbers (about 16 bytes a node; a million IDs take some 60 MB).
/// Safe to use from several threads.
/// </summary>
public sealed class PrefixTrie
{
    private readonly int[] _childStart;  // [nodes + 1]: the children of node n are the edges _childStart[n] .. _childStart[n + 1] - 1
    private readonly int[] _edgeToken;   // [nodes - 1]: sorted within a node
    private readonly int[] _edgeNode;    // [nodes - 1]: breadth first, edge e leads to node e + 1; stored, so that a span can be handed out
    private readonly int[] _itemStart;   // [nodes + 1]: the items whose ID ends at node n are _items[_itemStart[n] .. _itemStart[n + 1] - 1]
    private readonly int[] _items;       // [items]: ascending within a node

    private PrefixTrie(PrefixTrieBuilder built)
    {
        _childStart = built.ChildStart;
        _edgeToken = built.EdgeToken;
        _edgeNode = [.. Enumerable.Range(1, built.EdgeToken.Length)];
        _itemStart = built.ItemStart;
        _items = built.Items;
        Depth = built.Depth;
        LeafCount = built.LeafCount;
    }

    /// <summary>The node of the empty prefix.</summary>
    public int Root => 0;

    /// <summary>How many tokens the longest ID has.</summary>
    public int Depth { get; }

    /// <summary>How many different IDs there are; fewer than items where items share an ID.</summary>
    public int LeafCount { get; }

    /// <summary>How many nodes there are, the root included; nodes are 0 .. NodeCount - 1.</summary>
    public int NodeCount => _itemStart.Length - 1;

    /// <summary>How many items there are.</summary>
    public int ItemCount => _items.Length;

    /// <summary>Builds the trie of a catalogue's IDs.</summary>
    /// <param name="sequences">The ID of each item, in item order: one or more token ids, each at least 0. Lengths may differ, and one ID may
    /// be the beginning of another.</param>
    /// <exception cref="ArgumentException">There are no items, an ID is empty, or a token is negative. An empty trie would allow nothing at
    /// all, which a search could only answer by dropping the constraint.</exception>
    public static PrefixTrie Build(IReadOnlyList<IReadOnlyList<int>> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return new PrefixTrie(new PrefixTrieBuilder(sequences));
    }

    /// <summary>Builds the trie of an extended model's Semantic IDs, in the token ids of its tokenizer.</summary>
    /// <param name="extension">The extended model.</param>
    public static PrefixTrie Build(VocabularyExtension extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return Build([.. Enumerable.Range(0, extension.Ids.ItemCount)
            .Select(item => (IReadOnlyList<int>)[.. extension.Ids.TokensOf(item).Select(token => extension.TokenIds[token])])]);
    }

    /// <summary>The tokens that may follow a node's prefix, ascending; empty at a leaf.</summary>
    /// <param name="node">A node, 0 .. NodeCount - 1.</param>
    public ReadOnlySpan<int> ChildTokens(int node) => Slice(_edgeToken, _childStart, node);

    /// <summary>The nodes that the tokens of <see cref="ChildTokens"/> lead to, in the same order.</summary>
    /// <param name="node">A node, 0 .. NodeCount - 1.</param>
    public ReadOnlySpan<int> ChildNodes(int node) => Slice(_edgeNode, _childStart, node);

    /// <summary>The items whose ID ends at a node, ascending; empty at a prefix that is no ID.</summary>
    /// <param name="node">A node, 0 .. NodeCount - 1.</param>
    public ReadOnlySpan<int> ItemsAt(int node) => Slice(_items, _itemStart, node);

    /// <summary>Whether nothing may follow a node's prefix.</summary>
    /// <param name="node">A node, 0 .. NodeCount - 1.</param>
    public bool IsLeaf(int node) => _childStart[node] == _childStart[node + 1];

    /// <summary>The first node that ends an ID and has children too, so that its ID is the beginning of another; null where there is none.</summary>
    internal int? FirstInnerId()
    {
        for (var node = 0; node < NodeCount; node++)
        {
            if (!IsLeaf(node) && !ItemsAt(node).IsEmpty)
            {
                return node;
            }
        }
        return null;
    }

    /// <summary>The node that a token leads to.</summary>
    /// <param name="node">A node, 0 .. NodeCount - 1.</param>
    /// <param name="token">The token.</param>
    /// <param name="child">The node; -1 when the token may not follow.</param>
    /// <returns>Whether the token may follow.</returns>
    public bool TryGetChild(int node, int token, out int child)
    {
        var edge = ChildTokens(node).BinarySearch(token);
        child = edge < 0 ? -1 : _edgeNode[_childStart[node] + edge];
        return edge >= 0;
    }

    /// <summary>The node of a prefix, or -1 when no ID begins with it.</summary>
    /// <param name="prefix">Tokens from the beginning of an ID; empty for the root.</param>
    public int Find(IReadOnlyList<int> prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var node = Root;
        for (var i = 0; i < prefix.Count && node >= 0; i++)
        {
            TryGetChild(node, prefix[i], out node);
        }
        return node;
    }

    private static ReadOnlySpan<int> Slice(int[] values, int[] starts, int node) => values.AsSpan(starts[node]..starts[node + 1]);
}
