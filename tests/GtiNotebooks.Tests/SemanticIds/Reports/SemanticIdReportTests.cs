using System.Text.Json;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.SemanticIds;

public class SemanticIdReportTests
{
    [Fact]
    public void A_small_map_by_hand()
    {
        // Four items, three IDs: one to spare out of four. Level 0: shares 1/2, 1/4, 1/4, entropy 1.5 bits.
        var report = SemanticIdReport.Of(SemanticIdMap.FromCodes([[0, 5], [0, 5], [1, 5], [2, 5]]));
        Assert.Equal((4, 0.25, 2, 2), (report.Items, report.CollisionRate, report.ItemsInCollisions, report.LargestGroup));
        Assert.Equal(3, report.Levels[0].CodesUsed);
        Assert.Equal(Math.Pow(2, 1.5), report.Levels[0].Perplexity, 12);
        Assert.Equal(new LevelUse(1, 1, 1), report.Levels[1]);
    }

    [Fact]
    public void Without_collisions_the_largest_group_is_one() => Assert.Equal(
        (0.0, 0, 1), SemanticIdReport.Of(SemanticIdMap.FromCodes([[0], [1]])) is var r ? (r.CollisionRate, r.ItemsInCollisions, r.LargestGroup) : default);

    [Theory]
    [InlineData("amazon-industrial/raw/Industrial_and_Scientific.index.json", 3686, .0043, 31, 3, new[] { 48, 256, 256 }, new[] { 40.7, 241.7, 225.6 })]
    [InlineData("peer-codes/raw/LETTER/Instruments.index.json", 9922, .0025, 48, 3, new[] { 150, 256, 256, 256 }, new[] { 71.6, 247, 246, 244 })]
    [InlineData("peer-codes/raw/LETTER/Beauty.index.json", 12101, .0011, 24, 3, new[] { 197, 256, 256, 256 }, new[] { 82.7, 249, 248, 247 })]
    public void Published_ids_measure_as_computed_elsewhere(
        string file, int items, double rate, int inCollisions, int largest, int[] used, double[] perplexity)
    {
        if (!SharedFolder.TryFind("data/" + file, out var path)) return;
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var catalogue = SemanticIdMapTests.Catalogue([.. json.RootElement.EnumerateObject().Select(p => p.Name)]);
        var report = SemanticIdReport.Of(SemanticIdMap.LoadIndexJson(path, catalogue));
        Assert.Equal(items, report.Items);
        Assert.Equal(rate, report.CollisionRate, 4);
        Assert.Equal((inCollisions, largest), (report.ItemsInCollisions, report.LargestGroup));
        Assert.Equal(used, report.Levels.Select(l => l.CodesUsed));
        for (var level = 0; level < used.Length; level++)
            Assert.Equal(perplexity[level], report.Levels[level].Perplexity, perplexity[level] % 1 == 0 ? 0 : 1);
    }
}
