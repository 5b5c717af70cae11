using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

public sealed class ItemCreditTests
{
    // Four IDs, best first; items 20, 21 and 22 share the second.
    private static readonly IReadOnlyList<IReadOnlyList<int>> Retrieved = [[10], [20, 21, 22], [30], [40, 41]];

    [Theory]
    [InlineData(10, 1, 1, 1)]
    [InlineData(20, 2, 3, 2)]
    [InlineData(22, 2, 3, 2)]
    [InlineData(30, 5, 1, 3)]
    [InlineData(41, 6, 2, 4)]
    public void AnIdTakesAsManyPlacesAsItHasItems(int target, int firstRank, int groupSize, int idRank)
    {
        Assert.Equal(new RankedTarget(firstRank, groupSize), ItemCredit.Rank(Retrieved, target));
        Assert.Equal(idRank, StringMatch.Rank(Retrieved, target));
    }

    [Fact]
    public void AMissedTargetKeepsItsGroup()
    {
        Assert.Equal(new RankedTarget(0, 4), ItemCredit.Rank(Retrieved, 99, groupSize: 4));
        Assert.Equal(0, StringMatch.Rank(Retrieved, 99));
    }

    [Fact]
    public void AListOfItemsGivesTheSameRanges()
    {
        int[] items = [10, 20, 21, 22, 30, 40, 41];
        Assert.Equal(new RankedTarget(2, 3), ItemCredit.RankOfGroup(items, [22, 20, 21]));
        Assert.Equal(new RankedTarget(6, 2), ItemCredit.RankOfGroup(items, [40, 41]));
        Assert.Equal(new RankedTarget(0, 1), ItemCredit.RankOfGroup(items, [7]));
        Assert.Throws<ArgumentException>(() => ItemCredit.RankOfGroup(items, []));
    }

    [Fact]
    public void StringMatchFlattersSharedIds()
    {
        // Target 21 at the second ID: a full hit at 2 by string, a third of one by item.
        Assert.Equal(1, RankingMetrics.FromRanks([StringMatch.Rank(Retrieved, 21)], [2])[0].Value);
        Assert.Equal(1 / 3.0, RankingMetrics.FromTargets([ItemCredit.Rank(Retrieved, 21)], [2])[0].Value, 12);
    }
}
