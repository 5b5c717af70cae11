using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

public sealed class CreditComparisonTests
{
    // Up to six IDs of one to four items each (items numbered along the list) and a target: one of the items, or one that is not there.
    private static readonly Arbitrary<(int[][] Ids, int Target)> Row = (
        from sizes in Gen.Choose(1, 6).SelectMany(count => Gen.ArrayOf(Gen.Choose(1, 4), count))
        from target in Gen.Choose(0, sizes.Sum())
        select (sizes.Select((size, i) => Enumerable.Range(sizes.Take(i).Sum(), size).ToArray()).ToArray(), target)).ToArbitrary();

    [Fact]
    public void TwoRowsByHand()
    {
        // Row 1: IDs {10}, {20, 21}; target 21: item places 2 and 3, ID place 2. Row 2: target 10, place 1 either way.
        int[][] ids = [[10], [20, 21]];
        var both = CreditComparison.Of([ids, ids], [21, 10], ["Recall", "MRR", "Precision"], [2, 3]);
        CreditComparison[] expected =
        [
            new("Recall", 2, (0.5 + 1) / 2, 1), new("Recall", 3, 1, 1),
            new("MRR", 2, (0.25 + 1) / 2, 0.75), new("MRR", 3, (((1 / 2.0) + (1 / 3.0)) / 2 / 2) + 0.5, 0.75),
            new("Precision", 2, 0.375, 0.5), new("Precision", 3, 1 / 3.0, 1 / 3.0),
        ];
        Assert.Equal(expected, both, (left, right) => (left.Name, left.K) == (right.Name, right.K)
            && Math.Abs(left.ItemLevel - right.ItemLevel) < 1e-12 && Math.Abs(left.StringMatch - right.StringMatch) < 1e-12);
    }

    [Fact]
    public void ItemLevelIsTheMeanOverAllOrdersOfTheGroupAndStringMatchLooksAtIdsOnly() => Prop.ForAll(Row, row =>
    {
        var own = row.Ids.FirstOrDefault(items => items.Contains(row.Target), []);
        var lists = Permutations.Of<int>(own).Select(order => row.Ids.SelectMany(items => items == own ? order : items).ToArray()).ToArray();
        foreach (var both in CreditComparison.Of([row.Ids], [row.Target], RankingMetrics.Names, [1, 2, 3, 7]))
        {
            Assert.Equal(lists.Average(list => Plain(both.Name, Array.IndexOf(list, row.Target), both.K)), both.ItemLevel, 1e-12);
            Assert.Equal(Plain(both.Name, Array.IndexOf(row.Ids, own), both.K), both.StringMatch, 1e-12);
            Assert.True(both.StringMatch >= both.ItemLevel - 1e-12);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WithoutSharedIdsTheyAgree() => Prop.ForAll(Gen.Choose(0, 9).ToArbitrary(), target =>
    {
        int[][] ids = [.. Enumerable.Range(0, 8).Select(item => new[] { item })];
        Assert.All(CreditComparison.Of([ids], [target], RankingMetrics.Names, [1, 5, 10]), both => Assert.Equal(both.StringMatch, both.ItemLevel));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ImpossibleInputIsRefused()
    {
        Assert.Contains("1 lists but 2 targets", Assert.Throws<ArgumentException>(() => CreditComparison.Of([[[1]]], [1, 2], ["Recall"], [5])).Message);
        Assert.Throws<ArgumentException>(() => CreditComparison.Of([], [], ["Recall"], [5]));
        Assert.Throws<ArgumentException>(() => CreditComparison.Of([[[1]]], [1], ["recall"], [5]));
    }

    // The metrics of a plain list with one relevant item at a 0-based place, -1 = not there.
    private static double Plain(string metric, int place, int k) => place < 0 || place >= k ? 0 : metric switch
    {
        "Recall" or "HitRate" => 1,
        "Precision" => Math.Pow(k, -1),
        "NDCG" => Math.Log(2) / Math.Log(place + 2),
        "MRR" or "MAP" => Math.Pow(place + 1, -1),
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };
}
