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
        var found = new ConstrainedBeamSearch(model, PrefixTrie.Build(Ids), width: 6).Search(Prompts);

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

        var together = search.Search(Prompts);
        var alone = Prompts.Select(prompt => search.Search([prompt])[0]).ToArray();

        Assert.Equal(alone.SelectMany(r => r.SelectMany(h => h.Items)), together.SelectMany(r => r.SelectMany(h => h.Items)));
    }

    [Fact]
    public void KeepsNoMoreThanTheWidthAndOnlyValidIds()
    {
        using var model = TinyQwen3.Create();

        var found = new ConstrainedBeamSearch(model, PrefixTrie.Build(Ids), width: 2).Search(Prompts);

        Assert.All(found, row => Assert.Equal(2, row.Count));
        Assert.All(found, row => Assert.True(row[0].LogProbability >= row[1].LogProbability));
    }

    [Fact]
    public void RefusesPromptsOfDifferentLengthAndZeroWidth()
    {
        using var model = TinyQwen3.Create();
        var trie = PrefixTrie.Build(Ids);

        Assert.Throws<ArgumentException>(() => new ConstrainedBeamSearch(model, trie, 2).Search([[1, 2], [1]]));
        Assert.Throws<ArgumentException>(() => new ConstrainedBeamSearch(model, trie, 0));
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
