using GtiNotebooks.Retrieval;
using GtiNotebooks.Tests.Models;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Retrieval.Anchors;

public sealed class SasRecRankerTests
{
    [Fact]
    public void Ranks_by_the_models_scores_in_the_order_of_the_rows()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = TinySasRec.Create();
        int[][] histories = [[8], [1, 4, 7], [2], [6, 6, 1, 4, 7, 2, 3], [5, 5, 0]];
        var reports = new List<int>();

        var ranked = new SasRecRanker(model).Rank(Rows.Of(histories), 9, new ItemRankerTests.Synchronous(reports.Add));

        for (var row = 0; row < histories.Length; row++)
        {
            var scores = model.Scores([histories[row]])[0].data<double>().ToArray();
            Assert.Equal(Enumerable.Range(0, 9).OrderByDescending(item => scores[item]), ranked[row]);
        }
        Assert.Equal([2, 4, 5], reports); // rows of one length go together
    }

    [Fact]
    public void Refuses_what_does_not_fit()
    {
        using var model = TinySasRec.Create();
        var ranker = new SasRecRanker(model);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => ranker.Rank(Rows.Of([1]), 10));
        Assert.Throws<ArgumentException>("rows", () => ranker.Rank(Rows.Of([9]), 1));
        Assert.Throws<OperationCanceledException>(() => ranker.Rank(Rows.Of([1]), 1, null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Top_items_equal_a_stable_sort()
    {
        var random = new Random(0);
        for (var trial = 0; trial < 200; trial++)
        {
            var scores = Enumerable.Range(0, random.Next(1, 30)).Select(_ => (float)random.Next(5)).ToArray(); // many ties
            var count = random.Next(1, scores.Length + 1);
            Assert.Equal(Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).Take(count), TopItems.Of(scores, count));
        }
    }
}
