using GtiNotebooks.SemanticIds;

namespace GtiNotebooks.Tests.SemanticIds;

public class CollisionRepairTests
{
    [Fact]
    public void The_extra_level_is_the_rank_among_equals()
    {
        int[][] codes = [[1, 12], [11, 2], [1, 12], [3, 4], [1, 12]];
        var repaired = CollisionRepair.WithExtraLevel(codes);
        Assert.Equal([[1, 12, 0], [11, 2, 0], [1, 12, 1], [3, 4, 0], [1, 12, 2]], repaired);
        Assert.Equal([1, 12], codes[0]);
        Assert.Empty(SemanticIdMap.FromCodes(repaired).Collisions);
    }
}
