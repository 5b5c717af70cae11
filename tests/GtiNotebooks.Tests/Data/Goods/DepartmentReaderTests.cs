using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

public sealed class DepartmentReaderTests
{
    private const string Shared =
        "department: Shop > Things\nwho: x\nwhere: x\nlook: x\ngood: x\nfix: x\npack: x\nmade: steel\nsize: x\nhas: x\n";

    private const string Four = "cup/mug | a vessel | drink | tea\nbowl | a dish | eat | spoon\njug | a pot | pour | cup\nglue | a paste | stick | paper; brush\n";

    [Fact]
    public void A_family_overrides_its_department_and_its_products_know_their_shelf()
    {
        var shelves = Read(Shared + "family: vessels\nmade: clay\n" + Four + "family: others\n" + Four);
        Assert.Equal(["cup", "bowl", "jug", "glue"], shelves[0].Select(product => product.Name.Text));
        Assert.Equal(["cup", "mug"], shelves[0][0].Names.Select(name => name.Text));
        Assert.Equal(["paper", "brush"], shelves[0][3].Companions.Select(mate => mate.Text));
        Assert.Equal(["Shop", "Things", "Vessels"], shelves[0][0].Shelf.Path);
        Assert.Equal(["clay"], shelves[0][0].Shelf.Words["made"]);
        Assert.Equal(["steel"], shelves[1][0].Shelf.Words["made"]);
    }

    [Theory]
    [InlineData("family: f\ncup | a vessel | drink\n", "line 12")]
    [InlineData("family: f\ncup/glue | a vessel | drink | tea\n", "count alike")]
    [InlineData("cup | a vessel | drink | tea\n", "before the first 'family:'")]
    [InlineData("family: f\ncup | a vessel | drink | tea\n", "at least 4")]
    [InlineData("colour: red\n", "'colour' is none of the keys")]
    [InlineData("nonsense\n", "neither 'key: values'")]
    public void A_bad_line_is_named(string lines, string expected)
    {
        var problem = Assert.Throws<InvalidDataException>(() => Read(Shared + lines));
        Assert.StartsWith("Shop.txt, line ", problem.Message);
        Assert.Contains(expected, problem.Message);
    }

    [Fact]
    public void A_missing_key_is_named() =>
        Assert.Contains("no 'has'", Assert.Throws<InvalidDataException>(() => Read(Shared.Replace("has: x\n", "", StringComparison.Ordinal) + "family: f\n" + Four)).Message);

    private static List<Product[]> Read(string text) => DepartmentReader.Read("Shop.txt", new StringReader(text));
}
