using System.Collections;
using GtiNotebooks.Models;
using GtiNotebooks.Retrieval;
using GtiNotebooks.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Retrieval;

public class ConstrainedBeamSearchTests
{
    // new ids 11..15: level one uses 11 and 12, level two 13..15; items 1 and 4 share an ID
    private static readonly int[][] Ids = [[11, 13], [11, 14], [12, 13], [12, 15], [11, 14], [12, 14]];
    private static readonly int[][] Prompts = [[1, 4, 7], [3, 13, 2], [5, 6, 12]];

    [Fact]
    public void WideEnoughItEqualsScoringEveryId()
    {
        using var model = TinyQwen3.Create();
        var found = new ConstrainedBeamSearch(model, PrefixTrie.Build(Ids), width: 6).Search(Prompts, count: 6);

        for (var row = 0; row < Prompts.Length; row++)
        {
            var exhaustive = Ids.Select((id, item) => (item, Score: LogProbability(model, Prompts[row], id)))
                .GroupBy(x => string.Join(',', Ids[x.item])).Select(g => (Items: g.Select(x => x.item).ToArray(), g.First().Score))
                .OrderByDescending(x => x.Score).ToArray();
            Assert.Equal(exhaustive.Select(x => x.Items), found[row].Select(h => h.Items.ToArray()));
            Assert.All(exhaustive.Zip(found[row]), pair => Assert.Equal(pair.First.Score, pair.Second.LogProbability, 1e-5));
        }
    }

    [Fact]
    public void ARowDoesNotDependOnItsCompany()
    {
        using var model = TinyQwen3.Create();
        var search = new ConstrainedBeamSearch(model, PrefixTrie.Build(Ids), width: 3);

        var together = search.Search(Prompts, 3);
        var alone = Prompts.Select(prompt => search.Search([prompt], 3)[0]).ToArray();

        Assert.Equal(alone.SelectMany(r => r.SelectMany(h => h.Items)), together.SelectMany(r => r.SelectMany(h => h.Items)));
    }

    [Fact]
    public void KeepsNoMoreThanTheWidthAndOnlyValidIds()
    {
        using var model = TinyQwen3.Create();

        var found = new ConstrainedBeamSearch(model, PrefixTrie.Build(Ids), width: 2).Search(Prompts, 2);

        Assert.All(found, row => Assert.Equal(2, row.Count));
        Assert.All(found, row => Assert.True(row[0].LogProbability >= row[1].LogProbability));
    }

    [Fact]
    public void PromptsOfDifferentLengthsComeBackInTheirOrder()
    {
        using var model = TinyQwen3.Create();
        var search = new ConstrainedBeamSearch(model, PrefixTrie.Build(Ids), 5);
        int[][] prompts = [[1, 4, 7], [3], [5, 6, 12], [2]];

        var found = search.Search(prompts, 2);

        for (var row = 0; row < prompts.Length; row++)
            Assert.Equal(search.Search([prompts[row]], 2)[0].Select(h => h.Items[0]), found[row].Select(h => h.Items[0]));
    }

    [Fact]
    public void MoreIdsThanTheBeamIsWideAreRefusedWithBothNumbers()
    {
        using var model = TinyQwen3.Create();

        var refusal = Assert.Throws<ArgumentException>(() => new ConstrainedBeamSearch(model, PrefixTrie.Build(Ids), width: 3).Search(Prompts, count: 4));

        Assert.Contains("4 IDs", refusal.Message);
        Assert.Contains("3 wide", refusal.Message);
    }

    [Fact]
    public void WhereThereAreFewerIdsThanAskedForAllComeBack()
    {
        using var model = TinyQwen3.Create();

        var found = new ConstrainedBeamSearch(model, PrefixTrie.Build(Ids), width: 50).Search(Prompts, count: 40);

        Assert.All(found, row => Assert.Equal(5, row.Count)); // six items, two of which share an ID
    }

    [Fact]
    public void RefusesWhatItCannotSearch()
    {
        using var model = TinyQwen3.Create();
        var trie = PrefixTrie.Build(Ids);

        Assert.Contains("Prompt 1", Assert.Throws<ArgumentException>(() => new ConstrainedBeamSearch(model, trie, 2).Search([[1, 2], []], 2)).Message);
        Assert.Throws<ArgumentException>(() => new ConstrainedBeamSearch(model, trie, 2).Search(Prompts, 0));
        Assert.Throws<ArgumentException>(() => new ConstrainedBeamSearch(model, trie, 0));
        var inner = PrefixTrie.Build([[12, 13], [11, 13, 14], [11, 13]]);
        Assert.Contains("item 2", Assert.Throws<ArgumentException>(() => new ConstrainedBeamSearch(model, inner, 2)).Message);
    }

    /// <summary>In one batch, where looking between batches would be too late: had a level been scored, its scores that are no numbers would be the error.</summary>
    [Fact]
    public void NothingIsScoredAfterACancellation()
    {
        using var model = TinyQwen3.Create();
        using (no_grad())
            model.Embedding.New.fill_(double.NaN);
        using var cancellation = new CancellationTokenSource();
        var search = new ConstrainedBeamSearch(model, PrefixTrie.Build(Ids), 2);

        Assert.ThrowsAny<OperationCanceledException>(() => search.Search([new CancellingPrompt(Prompts[0], cancellation)], 2, cancellation: cancellation.Token));
    }

    /// <summary>One batch of 41 levels of 12,800 beams: many seconds of work, which would return its lists.</summary>
    [Fact]
    public void ALargeSearchEndsSoonAfterACancellation()
    {
        using var model = RandomModel.Create(seed: 1, newTokens: 400);
        var ids = Enumerable.Range(0, 400).Select(i => (int[])[RandomModel.TextTokens + i, .. Enumerable.Range(RandomModel.TextTokens, 40)]).ToArray();
        var search = new ConstrainedBeamSearch(model, PrefixTrie.Build(ids), width: 400);
        using var cancellation = new CancellationTokenSource();
        var prompts = Enumerable.Range(0, 31).Select(i => (IReadOnlyList<int>)new[] { 1, 2, i % 20 }).Append(new CancellingPrompt([1, 2, 3], cancellation, TimeSpan.FromMilliseconds(100)));

        Assert.ThrowsAny<OperationCanceledException>(() => search.Search([.. prompts], 10, cancellation: cancellation.Token));
    }

    [Fact]
    public void AModelThatDivergedIsAnErrorAndNotARanking()
    {
        using var model = TinyQwen3.Create();
        using (no_grad())
            model.Embedding.New.fill_(double.NaN);

        Assert.Throws<InvalidOperationException>(() => new ConstrainedBeamSearch(model, PrefixTrie.Build(Ids), 2).Search(Prompts, 2));
    }

    /// <summary>A prompt whose reading, with which the search begins, cancels it: at once or a while later.</summary>
    private sealed class CancellingPrompt(int[] tokens, CancellationTokenSource cancellation, TimeSpan later = default) : IReadOnlyList<int>
    {
        public int Count => tokens.Length;

        public int this[int index] => tokens[index];

        public IEnumerator<int> GetEnumerator()
        {
            if (later == TimeSpan.Zero)
                cancellation.Cancel();
            else
                cancellation.CancelAfter(later);
            return tokens.AsEnumerable().GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private static double LogProbability(CausalLM model, int[] prompt, int[] id)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var tokens = prompt.Concat(id).Select(t => (long)t).ToArray();
        var hidden = model.call(tensor(tokens, [1, tokens.Length]))[0];
        var scores = model.Logits(hidden).log_softmax(1);
        return id.Select((token, i) => scores[prompt.Length - 1 + i, model.Embedding.ColumnOf(token)].ToDouble()).Sum();
    }
}
