using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Retrieval;

namespace GtiNotebooks.Tests.Retrieval;

public sealed class PrefixTrieTests
{
    [Fact]
    public void ThreeIdsByHand()
    {
        //      0 -5-> 1 -7-> 3 (items 1, 3)      1 -9-> 4 (item 0)      0 -6-> 2 -7-> 5 (item 2)
        var trie = PrefixTrie.Build([[5, 9], [5, 7], [6, 7], [5, 7]]);
        Assert.Equal([5, 6], trie.ChildTokens(trie.Root).ToArray());
        Assert.Equal([1, 2], trie.ChildNodes(trie.Root).ToArray());
        Assert.Equal([7, 9], trie.ChildTokens(1).ToArray());
        Assert.Equal([1, 3], trie.ItemsAt(trie.Find([5, 7])).ToArray());
        Assert.Equal([0], trie.ItemsAt(trie.Find([5, 9])).ToArray());
        Assert.Equal(-1, trie.Find([6, 9]));
        Assert.True(trie.ItemsAt(1).IsEmpty);
        Assert.False(trie.IsLeaf(1));
        Assert.True(trie.IsLeaf(3));
        Assert.Equal((2, 3, 6, 4), (trie.Depth, trie.LeafCount, trie.NodeCount, trie.ItemCount));
    }

    [Fact]
    public void AnIdMayBeTheBeginningOfAnother()
    {
        var trie = PrefixTrie.Build([[1, 2, 3], [1], [1, 2]]);
        Assert.Equal([1], trie.ItemsAt(trie.Find([1])).ToArray());
        Assert.Equal([2], trie.ItemsAt(trie.Find([1, 2])).ToArray());
        Assert.Equal([0], trie.ItemsAt(trie.Find([1, 2, 3])).ToArray());
        Assert.Equal((3, 3, 4), (trie.Depth, trie.LeafCount, trie.NodeCount));
    }

    [Fact]
    public void ItAgreesWithATrieOfDictionaries()
    {
        // Few tokens and short IDs, so that shared prefixes, shared IDs and IDs inside others are all common.
        var id = Gen.Choose(1, 4).SelectMany(length => Gen.ArrayOf(Gen.Choose(0, 3), length));
        var ids = Gen.Choose(1, 40).SelectMany(count => Gen.ArrayOf(id, count));
        Prop.ForAll(ids.ToArbitrary(), sequences =>
        {
            var trie = PrefixTrie.Build(sequences);
            var naive = new NaiveTrie(sequences);
            AssertSame(naive, trie, trie.Root);
            Assert.Equal(naive.NodeCount, trie.NodeCount);
            Assert.Equal(sequences.Max(sequence => sequence.Length), trie.Depth);
            Assert.Equal(sequences.Select(sequence => string.Join(' ', sequence)).Distinct().Count(), trie.LeafCount);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void EveryIdLeadsToItsItem()
    {
        var random = new Random(3);
        var sequences = Enumerable.Range(0, 2000).Select(_ => new[] { random.Next(9), 100 + random.Next(9), 200 + random.Next(9) }).ToArray();
        var trie = PrefixTrie.Build(sequences);
        for (var item = 0; item < sequences.Length; item++)
        {
            Assert.Contains(item, trie.ItemsAt(trie.Find(sequences[item])).ToArray());
        }
    }

    [Fact]
    public void BadIdsAreNamed()
    {
        Assert.Throws<ArgumentException>(() => PrefixTrie.Build([]));
        Assert.Contains("item 1", Assert.Throws<ArgumentException>(() => PrefixTrie.Build([[1], []])).Message);
        Assert.Contains("-4", Assert.Throws<ArgumentException>(() => PrefixTrie.Build([[1, -4]])).Message);
    }

    [Fact]
    public void AMillionIdsAreBuiltInLittleMemory()
    {
        var random = new Random(1);
        var sequences = new int[1_000_000][];
        for (var i = 0; i < sequences.Length; i++)
        {
            sequences[i] = [random.Next(256), 256 + random.Next(256), 512 + random.Next(256), 768 + random.Next(256)];
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var trie = PrefixTrie.Build(sequences);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.Equal(1_000_000, trie.ItemCount);
        // Everything ever allocated, not the peak: stricter, and the same on every run.
        Assert.InRange(allocated, 0, 200_000_000);
    }

    private static void AssertSame(NaiveTrie naive, PrefixTrie trie, int node)
    {
        Assert.Equal(naive.Items, trie.ItemsAt(node).ToArray());
        Assert.Equal(naive.Children.Keys.Order(), trie.ChildTokens(node).ToArray());
        foreach (var token in naive.Children.Keys)
        {
            Assert.True(trie.TryGetChild(node, token, out var child));
            AssertSame(naive.Children[token], trie, child);
        }
        Assert.False(trie.TryGetChild(node, 99, out var none));
        Assert.Equal(-1, none);
    }

    private sealed class NaiveTrie
    {
        public NaiveTrie(IReadOnlyList<IReadOnlyList<int>> sequences)
        {
            for (var item = 0; item < sequences.Count; item++)
            {
                var node = this;
                foreach (var token in sequences[item])
                {
                    node = node.Children.TryGetValue(token, out var child) ? child : node.Children[token] = new NaiveTrie([]);
                }
                node.Items.Add(item);
            }
        }

        public Dictionary<int, NaiveTrie> Children { get; } = [];

        public List<int> Items { get; } = [];

        public int NodeCount => 1 + Children.Values.Sum(child => child.NodeCount);
    }
}
