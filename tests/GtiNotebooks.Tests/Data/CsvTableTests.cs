using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

public sealed class CsvTableTests
{
    [Fact]
    public void Another_separator_leaves_commas_alone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.csv", "a;b", "1,5;\"x;\"\"y\"\"", "z\"", "2;['p', 'q']");
        using var table = CsvTable.Open(path, "anything", ';');
        Assert.Equal(1, table.Column("b"));
        Assert.Equal([(2, "1,5|x;\"y\"\nz"), (4, "2|['p', 'q']")], table.ReadRows().Select(row => (row.Line, string.Join('|', row.Fields))));
    }

    [Fact]
    public void Messages_use_the_separator()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.csv", "a;b", "1;2;3");
        using var table = CsvTable.Open(path, "anything", ';');
        Assert.Contains("line 2: 3 fields, but the header has 2 (a;b)", Assert.Throws<InvalidDataException>(() => table.ReadRows().Count()).Message);
    }
}
