using GtiNotebooks.Diagnostics;

namespace GtiNotebooks.Interactive.Tests.Tables;

public sealed class StartTablesTests
{
    private static readonly GeometryReport Collapsed = new(1, 0, 1, [3, 0], [0, 0], []);

    [Fact]
    public void Geometry_has_a_row_each_with_aligned_digits()
    {
        var table = Interactive.Tables.Geometry("Rows", [new("mean", Collapsed), new("random", new GeometryReport(114.27, 114.23, -0.0004, [], [], []))]);
        Assert.Equal([["mean", "1.0", "0.0", "1.000"], ["random", "114.3", "114.2", "0.000"]], table.Rows);
        Assert.Equal([false, true, true, true], table.Columns.Select(column => column.IsNumber));
    }

    [Fact]
    public void Starts_are_shown_with_what_they_take_from_ordinary_text()
    {
        var rows = new NewRowsReport(new NormQuantiles(0.5, 0.99, 1.5), new NormQuantiles(1, 1.25, 2), Collapsed);
        var table = Interactive.Tables.Starts("All", [new InitialisationReport("mean", rows, Output: null, new VocabularyShift(100, 0.000912, 0.000913))]);
        Assert.Equal(["mean", "0.0", "1.000", "0.99", "0.09 %", "0.0009"], Assert.Single(table.Rows));
        Assert.EndsWith("median length of 1.25", table.Caption);
    }

    [Fact]
    public void Nothing_to_show_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => Interactive.Tables.Geometry("Rows", []));
        Assert.Throws<ArgumentException>(() => Interactive.Tables.Starts("All", []));
    }
}
