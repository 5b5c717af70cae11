using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

public sealed class ItemNoveltyTests
{
    [Fact]
    public void FourItemsByHand()
    {
        // Counts 7, 3, 2, 0 of 12 events; with 1 added to each, 8, 4, 3, 1 of 16: 1, 2, 4 - log2(3) and 4 bits.
        var novelty = ItemNovelty.FromTrainingEvents(4, [[0, 0, 0, 1, 2], [], [1, 0, 0], [2, 1, 0, 0]]);
        Assert.Equal(4, novelty.ItemCount);
        Assert.Equal([8 / 16.0, 4 / 16.0, 3 / 16.0, 1 / 16.0], Enumerable.Range(0, 4).Select(novelty.Probability));
        Assert.Equal([1, 2, 4], new[] { 0, 1, 3 }.Select(novelty.SelfInformation));
        Assert.Equal(4 - Math.Log2(3), novelty.SelfInformation(2), 12);
    }

    [Fact]
    public void SmoothingIsTheCountAddedToEveryItem()
    {
        // Counts 2, 0; with 0.5 each, 2.5 and 0.5 of 3.
        var novelty = ItemNovelty.FromTrainingEvents(2, [[0], [0]], smoothing: 0.5);
        Assert.Equal(2.5 / 3, novelty.Probability(0), 12);
        Assert.Equal(Math.Log2(6), novelty.SelfInformation(1), 12);
        // No events at all: every item is as likely as any other.
        Assert.Equal(3, ItemNovelty.FromTrainingEvents(8, []).SelfInformation(5));
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Contains("item 4; the catalogue's items are 0 to 3", Assert.Throws<ArgumentException>(() => ItemNovelty.FromTrainingEvents(4, [[4]])).Message);
        Assert.Throws<ArgumentException>(() => ItemNovelty.FromTrainingEvents(4, [[-1]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ItemNovelty.FromTrainingEvents(0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => ItemNovelty.FromTrainingEvents(4, [], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ItemNovelty.FromTrainingEvents(4, [], double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ItemNovelty.FromTrainingEvents(4, []).SelfInformation(4));
    }
}
