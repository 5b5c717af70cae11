using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Tests.Data;

namespace GtiNotebooks.Tests.SemanticIds;

public sealed class SemanticIdJsonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void TheFileSaysWhatItIs()
    {
        var path = Path.Combine(folder.Path, "x.json");
        SemanticIdMap.FromCodes([[10, 2], [9, 0]], [256, 3]).Save(path, SemanticIdMapTests.Catalogue("p", "q\"ö\\"));

        Assert.Equal(
            """
            {
              "format": "gtinotebooks.semantic-ids",
              "version": 1,
              "codebook_sizes": [256, 3],
              "items": {
                "p": [10, 2],
                "q\"ö\\": [9, 0]
              }
            }

            """.ReplaceLineEndings("\n"), File.ReadAllText(path));
        var loaded = SemanticIdMap.Load(path, SemanticIdMapTests.Catalogue("q\"ö\\", "p"));
        Assert.Equal(["<a_9><b_0>", "<a_10><b_2>"], Enumerable.Range(0, 2).Select(loaded.TextOf));
        Assert.Equal([256, 3], loaded.CodebookSizes);
        Assert.Equal([1], loaded.UnusedCodes(1));
        Assert.Throws<ArgumentException>(() => loaded.Save(path, SemanticIdMapTests.Catalogue("p")));
    }

    [Fact]
    public void AnyMapComesBack()
    {
        var maps = from levels in Gen.Choose(1, 5)
                   from sizes in Gen.Choose(1, 300).ArrayOf(levels)
                   from items in Gen.Choose(1, 20)
                   from draws in Gen.Choose(0, 1 << 20).ArrayOf(levels * items)
                   select (sizes, codes: draws.Chunk(levels).Select(row => row.Select((draw, level) => draw % sizes[level]).ToArray()).ToArray());
        Prop.ForAll(maps.ToArbitrary(), made =>
        {
            var catalogue = SemanticIdMapTests.Catalogue([.. Enumerable.Range(0, made.codes.Length).Select(item => $"i{item}")]);
            var map = SemanticIdMap.FromCodes(made.codes, made.sizes);
            var path = Path.Combine(folder.Path, "any.json");
            map.Save(path, catalogue);
            var again = SemanticIdMap.Load(path, catalogue);
            return Enumerable.Range(0, map.ItemCount).All(item => again.CodesOf(item).SequenceEqual(map.CodesOf(item)) && map.ItemsOf(again.CodesOf(item)).Contains(item))
                && again.CodebookSizes.SequenceEqual(made.sizes)
                && Enumerable.Range(0, map.Levels).All(level => again.UnusedCodes(level).Count + again.Tokens.Count(token => token.Level == level) == made.sizes[level]);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("""[]""", "should hold Semantic IDs")]
    [InlineData("""{"p": ["<a_1>"]}""", "LoadIndexJson")]
    [InlineData("""{"format": "other", "version": 1, "codebook_sizes": [2], "items": {"p": [1], "q": [1]}}""", "should hold Semantic IDs")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "version": 2, "codebook_sizes": [2], "items": {"p": [1], "q": [1]}}""", "\"version\" is 2; version 1 is read")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "codebook_sizes": [2], "items": {"p": [1], "q": [1]}}""", "\"version\" is missing")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "version": 1, "items": {"p": [1], "q": [1]}}""", "\"codebook_sizes\" should be")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "version": 1, "codebook_sizes": [0], "items": {"p": [1], "q": [1]}}""", "\"codebook_sizes\" should be")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "version": 1, "codebook_sizes": [2]}""", "\"items\" should be")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "version": 1, "codebook_sizes": [2], "items": {"p": [1], "q": [2]}}""", "item 'q' has 2 at level 0; a code there is a whole number from 0 to 1")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "version": 1, "codebook_sizes": [2], "items": {"p": [1], "q": [0.5]}}""", "item 'q' has 0.5 at level 0")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "version": 1, "codebook_sizes": [2], "items": {"p": [1], "q": ["<a_1>"]}}""", "item 'q' has \"<a_1>\" at level 0")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "version": 1, "codebook_sizes": [2], "items": {"p": [1, 1], "q": [1]}}""", "item 'p' must have an array of 1 codes")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "version": 1, "codebook_sizes": [2], "items": {"p": [1]}}""", "item 'q' is in the catalogue but has no ID")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "version": 1, "codebook_sizes": [2], "items": {"p": [1], "p": [1]}}""", "item 'p' is there twice")]
    [InlineData("""{"format": "gtinotebooks.semantic-ids", "version": 1, "codebook_sizes": [2], "items": {"p": [1], "x": [1]}}""", "item 'x' is not in the catalogue")]
    public void ABadFileIsRefused(string json, string expected)
    {
        var path = folder.Write("x.json", json);
        var message = Assert.Throws<InvalidDataException>(() => SemanticIdMap.Load(path, SemanticIdMapTests.Catalogue("p", "q"))).Message;
        Assert.StartsWith(path, message);
        Assert.Contains(expected, message);
    }

    public void Dispose() => folder.Dispose();
}
