using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public class CollisionRepairTests
{
    /// <summary>Codebooks on a line: at the first level 0, 100, 200 and 300, at the second 0, 1, 2 and 3.</summary>
    private static CodebookFit Line(float[] items, int[][] codes) => new(
        codes, [tensor(new float[] { 0, 100, 200, 300 }, [4, 1]), tensor(new float[] { 0, 1, 2, 3 }, [4, 1])], tensor(items, [items.Length, 1]), [0, 0], 0, [], null, 0);

    private static RepairedCodes Repair(CodebookFit fit, SemanticIdOptions options)
    {
        using (fit) return CollisionRepair.Repair(fit, fit.Encoded, options);
    }

    [Fact]
    public void The_extra_level_is_the_rank_among_equals()
    {
        int[][] codes = [[1, 12], [11, 2], [1, 12], [3, 4], [1, 12]];
        var repaired = CollisionRepair.WithExtraLevel(codes);
        Assert.Equal([[1, 12, 0], [11, 2, 0], [1, 12, 1], [3, 4, 0], [1, 12, 2]], repaired);
        Assert.Equal([1, 12], codes[0]);
        Assert.Empty(SemanticIdMap.FromCodes(repaired).Collisions);
    }

    [Fact]
    public void Colliding_items_share_out_the_free_codes_at_least_total_distance()
    {
        // 0.9, 1.1 and 1.4 have taken code 1; 2.1 holds code 2 and keeps it. Free are 0, 1 and 3.
        var repaired = Repair(Line([0.9f, 1.1f, 1.4f, 2.1f], [[0, 1], [0, 1], [0, 1], [0, 2]]), new SemanticIdOptions());
        Assert.Equal([[0, 0], [0, 1], [0, 3], [0, 2]], repaired.Codes);
        Assert.Equal((2, 0), (repaired.MovedBySinkhorn, repaired.MovedByFallback));
        Assert.Empty(repaired.Identical);
    }

    [Fact]
    public void With_free_codes_to_spare_items_take_near_ones()
    {
        // Equal column sums would give each item half of the codes, and the largest share of the one that is farthest from the other.
        var repaired = Repair(Line([1.1f, 1.2f], [[0, 1], [0, 1]]), new SemanticIdOptions());
        Assert.Equal([[0, 1], [0, 2]], repaired.Codes);
    }

    [Fact]
    public void Items_that_are_nearly_alike_are_told_apart_all_the_same()
    {
        var repaired = Repair(Line([1, 1.0005f, 1.001f, 100], [[0, 1], [0, 1], [0, 1], [1, 0]]), new SemanticIdOptions { Fallback = CollisionFallback.Share });
        Assert.Equal(4, repaired.Codes.Distinct(CodesComparer.Instance).Count());
        Assert.Equal([1, 0], repaired.Codes[3]);
    }

    [Fact]
    public void Where_a_prefix_is_full_the_fallback_goes_a_level_up()
    {
        var repaired = Repair(Line([0, 0.1f, 0.2f, 0.3f, 0.4f], [[0, 0], [0, 0], [0, 0], [0, 0], [0, 0]]), new SemanticIdOptions());
        Assert.Equal(5, repaired.Codes.Distinct(CodesComparer.Instance).Count());
        Assert.Equal(4, repaired.Codes.Count(row => row[0] == 0));
        // 0.x - 100 is far to the left of all second codes: the nearest is 0.
        Assert.Equal([1, 0], Assert.Single(repaired.Codes, row => row[0] == 1));
        Assert.Equal(1, repaired.MovedByFallback);
    }

    [Fact]
    public void The_next_free_code_is_the_nearest_one_and_the_first_item_keeps_its_own()
    {
        var options = new SemanticIdOptions { Sinkhorn = null };
        var repaired = Repair(Line([1.2f, 1.3f, 1.1f], [[0, 1], [0, 1], [0, 1]]), options);
        Assert.Equal([[0, 1], [0, 2], [0, 0]], repaired.Codes);
        Assert.Equal((0, 2), (repaired.MovedBySinkhorn, repaired.MovedByFallback));
    }

    [Fact]
    public void An_id_that_a_later_item_holds_is_not_free()
    {
        var repaired = Repair(Line([1.2f, 1.4f, 2.1f], [[0, 1], [0, 1], [0, 2]]), new SemanticIdOptions { Sinkhorn = null });
        Assert.Equal([[0, 1], [0, 0], [0, 2]], repaired.Codes);
    }

    [Fact]
    public void More_items_than_ids_are_refused_unless_there_is_an_extra_level()
    {
        var items = Enumerable.Range(0, 17).Select(i => i / 10f).ToArray();
        int[][] codes = [.. items.Select(_ => new[] { 0, 0 })];
        Assert.Contains("4^2", Assert.Throws<ArgumentException>(() => Repair(Line(items, codes), new SemanticIdOptions())).Message);
        var extra = Repair(Line(items, codes), new SemanticIdOptions { Fallback = CollisionFallback.ExtraLevel });
        Assert.Equal(17, extra.Codes.Distinct(CodesComparer.Instance).Count());
        Assert.All(extra.Codes, row => Assert.Equal(3, row.Length));
    }

    [Fact]
    public void Equal_items_share_an_id_and_are_listed_or_are_separated()
    {
        float[] items = [1, 2.9f, 1, 1.2f, 1 + 1e-6f];
        int[][] codes = [[0, 1], [0, 3], [0, 1], [0, 1], [0, 1]];
        var shared = Repair(Line(items, codes), new SemanticIdOptions());
        Assert.Equal([0, 2, 4], Assert.Single(shared.Identical));
        Assert.Equal([[0, 1], [0, 3], [0, 1], [0, 2], [0, 1]], shared.Codes);
        var apart = Repair(Line(items, codes), new SemanticIdOptions { Identical = IdenticalItems.Separate });
        Assert.Equal([0, 2, 4], Assert.Single(apart.Identical));
        Assert.Equal(5, apart.Codes.Distinct(CodesComparer.Instance).Count());
    }

    [Fact]
    public void A_plan_is_rounded_by_its_largest_entries()
    {
        // 0.5 goes first and takes column 1; row 0 must do with 0.3.
        Assert.Equal([0, 1], LastLevelAssignment.Round([0.3, 0.4, 0.1, 0.5], items: 2, codes: 2));
        // Three rows, two columns: the last one left shares.
        Assert.Equal([0, 1, 1], LastLevelAssignment.Round([0.9, 0.1, 0.2, 0.8, 0.3, 0.7], items: 3, codes: 2));
    }
}
