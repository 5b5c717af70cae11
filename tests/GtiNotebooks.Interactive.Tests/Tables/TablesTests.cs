using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Interactive.Tests.Tables;

public sealed class TablesTests
{
    [Fact]
    public void Cells_are_escaped()
    {
        var html = new TableView("<b>", [new("a&b")], [["<script>alert(1)</script>"]]).ToHtml();
        Assert.DoesNotContain("<script>", html);
        Assert.Contains("&lt;script&gt;", html);
        Assert.Contains("a&amp;b", html);
        Assert.Contains("&lt;b&gt;", html);
    }

    [Fact]
    public void Plain_text_lines_up()
    {
        var text = new TableView("Title", [new("name"), new("n", true)], [["gti", "10"], ["a", "5"]]).ToPlainText();
        Assert.Equal("Title\nname   n\n----  --\ngti   10\na      5", text);
    }

    [Fact]
    public void A_row_must_fit_its_columns()
    {
        var problem = Assert.Throws<ArgumentException>(() => new TableView("Title", [new("a"), new("b")], [["1", "2"], ["1"]]));
        Assert.Contains("Row 1 has 1 texts", problem.Message);
    }

    [Fact]
    public void Any_records_become_a_table()
    {
        var view = Interactive.Tables.Of("Pairs", new[] { ("x", 1.25), ("y", 2.0) }, ("prompt", pair => pair.Item1), ("length", pair => pair.Item2));
        Assert.Equal([["x", "1.25"], ["y", "2"]], view.Rows);
        Assert.Equal([false, true], view.Columns.Select(column => column.IsNumber));
    }

    [Fact]
    public void Neighbours_stand_in_one_row_nearest_first()
    {
        var view = Interactive.Tables.Neighbours("Near", [new(7, "plum", [new(3, "pear", 0.5), new(4, "rain", -0.25)]), new(3, "pear", [new(7, "plum", 0.5)])]);
        Assert.Equal(["token", "nearest", "2"], view.Columns.Select(column => column.Header));
        Assert.Equal([["plum", "pear 0.50", "rain -0.25"], ["pear", "plum 0.50", ""]], view.Rows);
        Assert.Throws<ArgumentException>(() => Interactive.Tables.Neighbours("Near", []));
    }

    [Fact]
    public void Results_stand_beside_their_cost()
    {
        var summary = Sample.Study(seeds: 3);
        var view = Interactive.Tables.Results(summary, MetricValue.Recall);
        Assert.Equal(["method", "seeds", "@5", "@10", "@20", "@50", "@100", "examples", "seconds"], view.Columns.Select(column => column.Header));
        var gti = view.Rows.Single(row => row[0] == "gti");
        var recall = summary.Methods.Single(method => method.Method == "gti").Find(MetricValue.Recall, 10)!.Value;
        Assert.Equal(FormattableString.Invariant($"{100 * recall.Mean:0.00} ± {100 * recall.HalfWidth:0.00}"), gti[3]);
        Assert.Equal(["3", "44800", "160"], [gti[1], gti[7], gti[8]]);
    }

    [Fact]
    public void Differences_say_when_they_cannot_be_told_apart()
    {
        var summary = Sample.Study(seeds: 3);
        var rows = Interactive.Tables.Differences(summary, MetricValue.Recall).Rows;
        Assert.Equal(10, rows.Count);
        Assert.All(rows, row => Assert.EndsWith(" of 3", row[4]));
        Assert.All(rows, row => Assert.Contains(row[5], new[] { "better", "worse", "not told apart" }));
        Assert.All(Interactive.Tables.Differences(Sample.Study(seeds: 1), MetricValue.Recall).Rows, row => Assert.Equal("no interval", row[5]));
    }

    [Fact]
    public void One_method_stands_against_each_of_the_others()
    {
        var summary = Sample.Study(seeds: 3);
        var rows = Interactive.Tables.Against(summary, "gti", MetricValue.Recall, 10).Rows;
        Assert.Equal(["mean", "random"], rows.Select(row => row[0]));
        var expected = StudySummary.From([.. summary.RecordsOf("random"), .. summary.RecordsOf("gti")], ["random", "gti"]).Methods[1].Find(MetricValue.Recall, 10)!;
        Assert.Equal((100 * expected.Difference!.Mean).ToString("+0.00;-0.00;0.00", System.Globalization.CultureInfo.InvariantCulture), rows[1][1]);
        Assert.Equal($"{expected.SeedsAhead} of 3", rows[1][3]);
        Assert.Equal("25600", rows[1][5]); // random does not ground
        Assert.Contains("44800 examples", Interactive.Tables.Against(summary, "gti", MetricValue.Recall, 10).Caption);
        Assert.Throws<ArgumentException>(() => Interactive.Tables.Against(summary, "gti", MetricValue.Recall, 11));
        Assert.Throws<ArgumentException>(() => Interactive.Tables.Against(summary, "sasrec", MetricValue.Recall, 10));
    }

    [Fact]
    public void Costs_and_geometry_have_a_row_each()
    {
        var summary = Sample.Study(seeds: 2);
        Assert.Contains(Interactive.Tables.Costs(summary).Rows, row => row is ["gti", "grounding", "400", "19200", "60.0"]);
        Assert.Equal(6, Interactive.Tables.Geometry(summary).Rows.Count);
    }

    [Fact]
    public void Headers_may_break_and_numbers_may_not()
    {
        var html = new TableView("Wide", [new("a long header", true)], [["1 000"]]).ToHtml();
        Assert.DoesNotContain("nowrap", html[..html.IndexOf("</thead>", StringComparison.Ordinal)]);
        Assert.Contains("<td style=\"padding:3px 6px;vertical-align:top;text-align:right;white-space:nowrap\">1 000", html);
    }
}
