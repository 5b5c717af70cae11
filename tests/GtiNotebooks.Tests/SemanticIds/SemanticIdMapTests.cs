using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Tests.Data;

namespace GtiNotebooks.Tests.SemanticIds;

public class SemanticIdMapTests
{
    private static readonly SemanticIdMap Map = SemanticIdMap.FromCodes([[10, 2], [9, 2], [10, 0], [9, 2]]);

    [Fact]
    public void Tokens_are_ordered_by_level_then_code_and_only_those_in_use()
    {
        // Not by their text: <a_10> would come before <a_9>.
        Assert.Equal(["<a_9>", "<a_10>", "<b_0>", "<b_2>"], Map.Tokens.Select(t => t.Text));
        Assert.Equal([1, 3], Map.TokensOf(0));
        Assert.Equal([0, 3], Map.TokensOf(1));
        Assert.Equal("<a_10><b_0>", Map.TextOf(2));
        Assert.Equal([new CodeToken(0, 9), new CodeToken(1, 2)], Map.CodesOf(3));
        Assert.True(Map.TryIndexOf(new CodeToken(1, 2), out var index));
        Assert.Equal(3, index);
        Assert.False(Map.TryIndexOf(new CodeToken(1, 1), out _));
        Assert.Equal((2, 4), (Map.Levels, Map.ItemCount));
    }

    [Fact]
    public void Items_with_one_id_are_a_collision() => Assert.Equal([1, 3], Assert.Single(Map.Collisions));

    [Theory]
    [InlineData("<a_0>", 0, 0)]
    [InlineData("<z_16777215>", 25, CodeToken.HighestCode)]
    public void Tokens_are_read_as_they_are_written(string text, int level, int code)
    {
        Assert.True(CodeToken.TryParse(text, out var token));
        Assert.Equal(new CodeToken(level, code), token);
        Assert.Equal(text, token.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("<a_>")]
    [InlineData("<a_01>")]
    [InlineData("<a_-1>")]
    [InlineData("<a_+1>")]
    [InlineData("<a_ 1>")]
    [InlineData("<A_1>")]
    [InlineData("<a-1>")]
    [InlineData("a_1")]
    [InlineData("<a_1> ")]
    [InlineData("<a_16777216>")]
    [InlineData("<a_2147483648>")]
    public void Other_texts_are_no_tokens(string? text) => Assert.False(CodeToken.TryParse(text, out _));

    [Fact]
    public void An_id_is_read_level_by_level()
    {
        Assert.True(CodeToken.TryParseId("<a_10><b_2>", out var id));
        Assert.Equal([new CodeToken(0, 10), new CodeToken(1, 2)], id);
        Assert.Equal([0], Map.ItemsOf(id));
        foreach (var text in (string?[])[null, "", "<b_2>", "<a_1><a_1>", "<a_1> <b_2>", "<a_1><b_2", "<a_1>b", "<a_1><c_2>"])
        {
            Assert.False(CodeToken.TryParseId(text, out var none));
            Assert.Empty(none);
        }
    }

    [Fact]
    public void Items_are_found_by_their_id()
    {
        Assert.Equal([1, 3], Map.ItemsOf(Map.CodesOf(3)));
        Assert.Empty(Map.ItemsOf([new CodeToken(0, 9), new CodeToken(1, 0)]));
        Assert.Empty(Map.ItemsOf([new CodeToken(0, 9)]));
        Assert.Empty(Map.ItemsOf([]));
    }

    [Fact]
    public void Unused_codes_are_known_where_codebook_sizes_are()
    {
        // Else a codebook is as large as its highest code asks for.
        Assert.Equal([11, 3], Map.CodebookSizes);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], Map.UnusedCodes(0));
        var known = SemanticIdMap.FromCodes([[1, 0], [3, 0]], [5, 1]);
        Assert.Equal([0, 2, 4], known.UnusedCodes(0));
        Assert.Empty(known.UnusedCodes(1));
        Assert.Equal(3, known.Tokens.Count);
    }

    [Fact]
    public void Bad_codes_name_their_item()
    {
        Assert.Contains("Item 1 has the code 5 at level 0", Assert.Throws<ArgumentException>(() => SemanticIdMap.FromCodes([[1], [5]], [5])).Message);
        Assert.Contains("2 codebook sizes for 1 levels", Assert.Throws<ArgumentException>(() => SemanticIdMap.FromCodes([[1], [5]], [5, 5])).Message);
        Assert.Contains("Item 0", Assert.Throws<ArgumentException>(() => SemanticIdMap.FromCodes([[CodeToken.HighestCode + 1]])).Message);
        Assert.Throws<ArgumentException>(() => SemanticIdMap.FromCodes([]));
        Assert.Contains("Item 0", Assert.Throws<ArgumentException>(() => SemanticIdMap.FromCodes([[]])).Message);
        Assert.Contains("Item 1", Assert.Throws<ArgumentException>(() => SemanticIdMap.FromCodes([[1], [1, 2]])).Message);
        Assert.Contains("Item 1", Assert.Throws<ArgumentException>(() => SemanticIdMap.FromCodes([[1], [-1]])).Message);
    }

    [Fact]
    public void An_index_file_comes_back_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "x.index.json");
        var catalogue = Catalogue("p", "q", "r", "s\"ö");
        Map.SaveIndexJson(path, catalogue);
        Assert.StartsWith("""{"p":["<a_10>","<b_2>"],""", File.ReadAllText(path));
        var loaded = SemanticIdMap.LoadIndexJson(path, catalogue);
        Assert.Equal(Enumerable.Range(0, 4).Select(Map.TextOf), Enumerable.Range(0, 4).Select(loaded.TextOf));
        Assert.Throws<ArgumentException>(() => Map.SaveIndexJson(path, Catalogue("p")));
    }

    [Fact]
    public void An_index_file_may_list_items_in_any_order()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.index.json", """{"q": ["<a_2>"], "p": ["<a_1>"]}""");
        var map = SemanticIdMap.LoadIndexJson(path, Catalogue("p", "q"));
        Assert.Equal("<a_1>", map.TextOf(0));
        Assert.Equal("<a_2>", map.TextOf(1));
    }

    [Fact]
    public void An_index_file_may_number_the_items()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.index.json", """{"1": ["<a_2>", "<b_0>"], "0": ["<a_1>", "<b_1>"]}""");
        var catalogue = Catalogue("1", "p");
        var map = SemanticIdMap.LoadIndexJson(path, catalogue, IndexKeys.ItemNumbers);
        Assert.Equal(["<a_1><b_1>", "<a_2><b_0>"], Enumerable.Range(0, 2).Select(map.TextOf));
        map.SaveIndexJson(path, catalogue, IndexKeys.ItemNumbers);
        Assert.Equal("""{"0":["<a_1>","<b_1>"],"1":["<a_2>","<b_0>"]}""", File.ReadAllText(path));
        foreach (var key in (string[])["2", "01", "-1", "p", "1.0", ""])
        {
            File.WriteAllText(path, $$"""{"0": ["<a_1>"], "{{key}}": ["<a_1>"]}""");
            Assert.Contains($"item '{key}' is no item number from 0 to 1",
                Assert.Throws<InvalidDataException>(() => SemanticIdMap.LoadIndexJson(path, catalogue, IndexKeys.ItemNumbers)).Message);
        }
    }

    [Theory]
    [InlineData("""{"0": ["<a_1>"]}""", "item '0' is not in the catalogue; if the keys are items' places in the catalogue, say IndexKeys.ItemNumbers.")]
    [InlineData("""{"p": ["<a_1>"], "q": ["<a_1>", "<b_1>"]}""", "Where only items that collide have one more token")]
    [InlineData("""{"p": ["<a_1>"], "x": ["<a_1>"]}""", "item 'x' is not in the catalogue")]
    [InlineData("""{"p": ["<a_1>"]}""", "item 'q' is in the catalogue but has no ID")]
    [InlineData("""{"p": ["<a_1>"], "p": ["<a_1>"]}""", "item 'p' is there twice")]
    [InlineData("""{"p": ["<a_1>", "<b_1>"], "q": ["<a_1>"]}""", "item 'q' has 1 levels, item 'p' has 2")]
    [InlineData("""{"p": ["<a_1>", "b_1"], "q": ["<a_1>"]}""", "item 'p' has 'b_1' at level 1; a token looks like <b_17>")]
    [InlineData("""{"p": [12], "q": ["<a_1>"]}""", "item 'p' has '12' at level 0")]
    [InlineData("""{"p": ["<b_1>", "<a_1>"], "q": ["<a_1>"]}""", "item 'p' has <b_1> at level 0; the letter there must be 'a'")]
    [InlineData("""{"p": "<a_1>"}""", "item 'p' must have an array")]
    [InlineData("""{"p": []}""", "item 'p' must have an array")]
    [InlineData("""[]""", "should hold a JSON object")]
    [InlineData("{\n\"p\": [\n", "line ")]
    public void A_bad_index_file_names_the_item(string json, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.index.json", json);
        var message = Assert.Throws<InvalidDataException>(() => SemanticIdMap.LoadIndexJson(path, Catalogue("p", "q"))).Message;
        Assert.StartsWith(path, message);
        Assert.Contains(expected, message);
    }

    internal static Catalogue Catalogue(params string[] ids) => new(ids.Select(id => new Item(id, "title " + id, "", new Dictionary<string, string>())));
}
