using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

public sealed class CatalogueMetricsTests
{
    private const int Items = 12;

    // Counts 7, 3, 3, 0 -> with 1 added 8, 4, 4, 1 of 17; a catalogue of four.
    private static readonly ItemNovelty FourItems = ItemNovelty.FromTrainingEvents(4, [[0, 0, 0, 1, 2, 2], [1, 0, 0], [2, 1, 0, 0]]);

    private static readonly Arbitrary<(int[] Events, int[][] Lists)> Any = (
        from events in Gen.Choose(0, Items - 1).ListOf().Select(list => list.ToArray())
        from lists in (from order in Gen.Shuffle(Enumerable.Range(0, Items).ToArray())
                       from length in Gen.Choose(0, 6)
                       select order.Take(length).ToArray()).NonEmptyListOf()
        select (events, lists.ToArray())).ToArbitrary();

    [Fact]
    public void CoverageByHand()
    {
        int[][] lists = [[0, 1, 2], [1, 0], [], [1, 3, 2]];
        Assert.Equal(2 / 4.0, CatalogueMetrics.CoverageAt(lists, 4, 1)); // 0, 1
        Assert.Equal(3 / 4.0, CatalogueMetrics.CoverageAt(lists, 4, 2)); // 0, 1, 3
        Assert.Equal(1, CatalogueMetrics.CoverageAt(lists, 4, 100));
        Assert.Equal(0.03, CatalogueMetrics.CoverageAt(lists, 100, 2), 1e-12);
        Assert.Equal(0, CatalogueMetrics.CoverageAt([[], []], 4, 5));
    }

    [Fact]
    public void NoveltyByHand()
    {
        // Bits: item 0 log2(17) - 3, items 1 and 2 log2(17) - 2, item 3 log2(17).
        int[][] lists = [[0, 3, 1], [1], []];
        Assert.Equal(Math.Log2(17) - ((3 + 2) / 2.0), CatalogueMetrics.NoveltyAt(lists, FourItems, 1), 1e-12);
        Assert.Equal(Math.Log2(17) - ((1.5 + 2) / 2), CatalogueMetrics.NoveltyAt(lists, FourItems, 2), 1e-12);
        Assert.Equal(Math.Log2(17) - (((5 / 3.0) + 2) / 2), CatalogueMetrics.NoveltyAt(lists, FourItems, 9), 1e-12);
    }

    [Fact]
    public void TheyAreWhatTheDefinitionsSay() => Prop.ForAll(Any, data =>
    {
        var novelty = ItemNovelty.FromTrainingEvents(Items, [data.Events]);
        for (var k = 1; k <= 8; k++)
        {
            // Coverage item by item; novelty as the logarithm of products of odds (N + n) / (count + 1).
            var shown = Enumerable.Range(0, Items).Count(item => data.Lists.Any(list => Array.IndexOf(list, item) is >= 0 and var at && at < k));
            Assert.Equal((double)shown / Items, CatalogueMetrics.CoverageAt(data.Lists, Items, k), 1e-12);
            var filled = data.Lists.Where(list => list.Length > 0).ToArray();
            if (filled.Length == 0)
            {
                Assert.Throws<ArgumentException>(() => CatalogueMetrics.NoveltyAt(data.Lists, novelty, k));
                continue;
            }
            double Odds(int item) => (data.Events.Length + Items) / (data.Events.Count(seen => seen == item) + 1.0);
            double OfList(int[] list)
            {
                var top = list[..Math.Min(k, list.Length)];
                return Math.Log(top.Aggregate(1.0, (product, item) => product * Odds(item)), 2) / top.Length;
            }
            Assert.Equal(filled.Sum(OfList) / filled.Length, CatalogueMetrics.NoveltyAt(data.Lists, novelty, k), 1e-10);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void CoverageRisesWithKAndListsAndNeitherMindsTheOrderOfTheRows() => Prop.ForAll(Any, data =>
    {
        var coverage = Enumerable.Range(1, 8).Select(k => CatalogueMetrics.CoverageAt(data.Lists, Items, k)).ToArray();
        Assert.All(coverage.Zip(coverage.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        Assert.InRange(coverage[^1], 0, 1);
        int[][] more = [.. data.Lists.Reverse(), [0, 1]];
        Assert.True(CatalogueMetrics.CoverageAt(more, Items, 8) >= coverage[^1]);
        var novelty = ItemNovelty.FromTrainingEvents(Items, [data.Events]);
        Assert.Equal(CatalogueMetrics.NoveltyAt([.. more.Reverse()], novelty, 3), CatalogueMetrics.NoveltyAt(more, novelty, 3), 1e-12);
        Assert.InRange(CatalogueMetrics.NoveltyAt(more, novelty, 3), 0, Math.Log2(data.Events.Length + Items) + 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void PopularItemsAreLessNovel()
    {
        int[][] popular = [[0, 1], [0, 2]];
        int[][] rare = [[3, 1], [3, 2]];
        Assert.True(CatalogueMetrics.NoveltyAt(popular, FourItems, 2) < CatalogueMetrics.NoveltyAt(rare, FourItems, 2));
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Contains("item 4; the catalogue's items are 0 to 3", Assert.Throws<ArgumentException>(() => CatalogueMetrics.CoverageAt([[4]], 4, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => CatalogueMetrics.CoverageAt([[1]], 4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CatalogueMetrics.CoverageAt([], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CatalogueMetrics.NoveltyAt([[4]], FourItems, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CatalogueMetrics.NoveltyAt([[1]], FourItems, 0));
        Assert.Throws<ArgumentException>(() => CatalogueMetrics.NoveltyAt([], FourItems, 1));
    }
}
