using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Interactive.Tests.Tables;

public sealed class RecordTablesTests
{
    [Fact]
    public void A_record_is_properties_and_values_with_long_lists_shortened()
    {
        double[] values = [.. Enumerable.Range(1, 3300).Select(i => 0.1 * i)];
        var table = Interactive.Tables.Record("Geometry", new GeometryReport(2.5, 0.00001234, double.NaN, values, [1, 0.5], []));
        Assert.Equal(
        [
            ["EffectiveRankRaw", "2.5"], ["EffectiveRankCentred", "1.234e-5"], ["MeanCosine", "NaN"],
            ["SingularValuesRaw", "3,300 numbers: 0.1, 0.2, 0.3, ..."], ["SingularValuesCentred", "1, 0.5"], ["Rsa", "none"],
        ], table.Rows);
    }

    [Fact]
    public void Records_in_records_name_their_properties()
    {
        var test = new RsaTest(1, 8, 4, new PermutedCorrelation(0.5, -0.25, 0.25, 0.01), null);
        var rows = Interactive.Tables.Record("RSA", test).Rows;
        Assert.Equal(["Pearson", "Value = 0.5, ChanceLow = -0.25, ChanceHigh = 0.25, PValue = 0.01"], rows[3]);
        Assert.Equal(["Spearman", ""], rows[4]);
    }

    [Fact]
    public void The_record_of_a_study_with_thousands_of_ranks_stays_small()
    {
        RankedTarget[] ranks = [.. Enumerable.Range(1, 5000).Select(rank => RankedTarget.Alone(rank % 90 + 1))];
        var record = Sample.Record("gti", 3, ranks, Sample.Geometry(0.5), Sample.Geometry(0.6));
        var table = Interactive.Tables.Record("Run", record);
        Assert.Contains(table.Rows, row => row[0] == "Method" && row[1] == "gti");
        Assert.Contains(table.Rows, row => row[0] == "Ranks" && row[1].StartsWith("5,000 RankedTarget: ", StringComparison.Ordinal));
        Assert.Contains(table.Rows, row => row[0] == "FinishedUtc" && row[1] == "2026-01-02 03:04:05Z");
        Assert.All(table.Rows, row => Assert.True(row[1].Length <= 160, row[0]));
        Assert.True(Interactive.Tables.Records("Runs", Enumerable.Repeat(record, 1000)).ToHtml().Length < 150_000);
    }

    [Fact]
    public void A_list_of_records_has_a_row_each_and_numbers_at_the_right()
    {
        var table = Interactive.Tables.Records("Codes", Enumerable.Range(0, 30).Select(code => new CodeToken(0, code)), mostRows: 2);
        Assert.Equal([["0", "0"], ["0", "1"]], table.Rows);
        Assert.Equal("Codes: 30 rows; the first 2", table.Caption);
        Assert.All(table.Columns, column => Assert.True(column.IsNumber));
        Assert.Equal(["Level", "Code"], table.Columns.Select(column => column.Header));
        Assert.Throws<ArgumentException>(() => Interactive.Tables.Records("Texts", ["no record"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Interactive.Tables.Records("Codes", [new CodeToken(0, 1)], mostRows: 0));
    }
}
