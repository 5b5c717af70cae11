using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

public sealed class CatalogueTests
{
    private const string Shoe = """{"item_id":"s","title":"Shoe","description":"Red.","price":12.5,"tags":["a","b"],"brand":"X","gone":null}""";

    [Fact]
    public void Reads_items_in_file_order_with_their_further_fields()
    {
        using var folder = new TemporaryFolder();
        var catalogue = Catalogue.Load(folder.Write("items.jsonl", Shoe, "", """{"item_id":7,"title":"Hat","description":null}"""));
        Assert.Equal(["s", "7"], catalogue.Select(item => item.Id));
        Assert.Equal("", catalogue[1].Description);
        Assert.Equal(1, catalogue.IndexOf("7"));
        Assert.False(catalogue.TryIndexOf("8", out _));
        Assert.Throws<KeyNotFoundException>(() => catalogue.IndexOf("8"));
        Assert.Equal(
            [new("brand", "X"), new("price", "12.5"), new("tags", """["a","b"]""")],
            catalogue[0].Fields.OrderBy(field => field.Key));
    }

    [Theory]
    [InlineData("""{"item_id":"t","title":"T"}""", "the field 'description' is missing")]
    [InlineData("""{"item_id":"t","description":""}""", "the field 'title' is missing")]
    [InlineData("""{"title":"T","description":""}""", "the field 'item_id' is missing")]
    [InlineData("""{"item_id":"t","title":"  ","description":""}""", "the title of item 't' is empty")]
    [InlineData("""{"item_id":"","title":"T","description":""}""", "item_id is empty")]
    [InlineData("""{"item_id":["t"],"title":"T","description":""}""", "item_id must be text")]
    [InlineData("""{"item_id":"t","title":5,"description":""}""", "title must be text, not 5")]
    [InlineData("""{"item_id":"t","title":"T","description":["x"]}""", "description must be text")]
    [InlineData("""{"item_id":"s","title":"T","description":""}""", "the item_id 's' is already on line 1")]
    [InlineData("""{"item_id":"t","title":"T",""", "not valid JSON")]
    [InlineData("""["t"]""", "each line must be an object")]
    public void Names_file_and_line_of_a_bad_item(string bad, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("items.jsonl", Shoe, bad);
        var problem = Assert.Throws<InvalidDataException>(() => Catalogue.Load(path));
        Assert.StartsWith($"{path}, line 2: ", problem.Message);
        Assert.Contains(expected, problem.Message);
    }

    [Fact]
    public void Says_what_is_expected_when_there_is_no_file_or_no_item()
    {
        using var folder = new TemporaryFolder();
        var missing = Path.Combine(folder.Path, "items.jsonl");
        Assert.Contains("item_id", Assert.Throws<FileNotFoundException>(() => Catalogue.Load(missing)).Message);
        Assert.Contains("no items", Assert.Throws<InvalidDataException>(() => Catalogue.Load(folder.Write("empty.jsonl"))).Message);
    }
}
