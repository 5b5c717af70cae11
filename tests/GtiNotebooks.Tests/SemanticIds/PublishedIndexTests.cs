using System.Text.Json;
using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Data;

namespace GtiNotebooks.Tests.SemanticIds;

/// <summary>Codes that others have published, measured independently (Python's Counter over the files).</summary>
public class PublishedIndexTests
{
    public static TheoryData<string, int, int, double, int, int, int[]> Files => new()
    {
        { "amazon-industrial/raw/Industrial_and_Scientific.index.json", 3686, 3, .0043, 31, 3, [48, 256, 256] },
        { "peer-codes/raw/LETTER/Instruments.index.json", 9922, 4, .0025, 48, 3, [150, 256, 256, 256] },
        { "peer-codes/raw/LETTER/Beauty.index.json", 12101, 4, .0011, 24, 3, [197, 256, 256, 256] },
        { "peer-codes/raw/GenRec/Games.index.json", 16859, 4, .0084, 262, 6, [208, 256, 256, 256] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void CountsAndCollisionsAreThoseOfTheFile(string file, int items, int levels, double rate, int inCollisions, int largest, int[] used)
    {
        if (!SharedFolder.TryFind("data/" + file, out var path)) return;
        var map = SemanticIdMap.LoadIndexJson(path, Numbered(items), IndexKeys.ItemNumbers);

        Assert.Equal((items, levels), (map.ItemCount, map.Levels));
        Assert.Equal(rate, (double)map.Collisions.Sum(group => group.Count - 1) / items, 4);
        Assert.Equal((inCollisions, largest), (map.Collisions.Sum(group => group.Count), map.Collisions.Max(group => group.Count)));
        Assert.Equal(used, Enumerable.Range(0, levels).Select(level => map.Tokens.Count(token => token.Level == level)));
        Assert.Equal(used, Enumerable.Range(0, levels).Select(level => map.CodebookSizes[level] - map.UnusedCodes(level).Count));
        Assert.All(map.Collisions, group => Assert.Equal(group, map.ItemsOf(map.CodesOf(group[0]))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void WrittenInEitherFormTheyComeBack(string file, int items, int levels, double rate, int inCollisions, int largest, int[] used)
    {
        _ = (levels, rate, inCollisions, largest, used);
        if (!SharedFolder.TryFind("data/" + file, out var path)) return;
        using var folder = new TemporaryFolder();
        var catalogue = Numbered(items);
        var map = SemanticIdMap.LoadIndexJson(path, catalogue, IndexKeys.ItemNumbers);
        var (index, own) = (Path.Combine(folder.Path, "x.index.json"), Path.Combine(folder.Path, "x.json"));
        map.SaveIndexJson(index, catalogue, IndexKeys.ItemNumbers);
        map.Save(own, catalogue);

        using (var before = JsonDocument.Parse(File.ReadAllBytes(path)))
        using (var after = JsonDocument.Parse(File.ReadAllBytes(index)))
            Assert.True(JsonElement.DeepEquals(before.RootElement, after.RootElement));
        var again = SemanticIdMap.Load(own, catalogue);
        Assert.Equal(Enumerable.Range(0, items).Select(map.TextOf), Enumerable.Range(0, items).Select(again.TextOf));
        Assert.Equal(map.CodebookSizes, again.CodebookSizes);
    }

    [Fact]
    public void ItemNumbersLeadToTheNamesThatACatalogueHasForThem()
    {
        if (!SharedFolder.TryFind("data/peer-codes/raw/GenRec/Games.item2id", out var names)) return;
        if (!SharedFolder.TryFind("data/peer-codes/raw/GenRec/Games.index.json", out var path)) return;
        var catalogue = SemanticIdMapTests.Catalogue([.. File.ReadLines(names).Select(line => line.Split('\t')).OrderBy(parts => int.Parse(parts[1])).Select(parts => parts[0])]);

        var map = SemanticIdMap.LoadIndexJson(path, catalogue, IndexKeys.ItemNumbers);

        Assert.Equal("<a_240><b_118><c_21><d_18>", map.TextOf(catalogue.IndexOf("B00L59D9HG")));
        Assert.Contains("say IndexKeys.ItemNumbers", Assert.Throws<InvalidDataException>(() => SemanticIdMap.LoadIndexJson(path, catalogue)).Message);
    }

    private static Catalogue Numbered(int items) => SemanticIdMapTests.Catalogue([.. Enumerable.Range(0, items).Select(item => $"item {item}")]);
}
