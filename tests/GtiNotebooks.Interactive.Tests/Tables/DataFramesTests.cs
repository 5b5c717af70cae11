using GtiNotebooks.Evaluation;
using Microsoft.Data.Analysis;

namespace GtiNotebooks.Interactive.Tests.Tables;

public sealed class DataFramesTests
{
    private static readonly DataFrame ThreeRows = new(
        new StringDataFrameColumn("name", ["a", "<b>", null!]),
        new PrimitiveDataFrameColumn<int>("count", new int?[] { 1, null, 30_000 }),
        new PrimitiveDataFrameColumn<double>("share", new[] { 0.123456, 1, 0 }),
        new PrimitiveDataFrameColumn<bool>("kept", new[] { true, false, true }));

    [Fact]
    public void A_frame_is_a_table_with_numbers_at_the_right_and_nothing_where_nothing_is()
    {
        var table = Interactive.Tables.Frame("Things", ThreeRows);

        Assert.Equal("Things: 3 rows, 4 columns", table.Caption);
        Assert.Equal([new("name"), new("count", true), new("share", true), new("kept")], table.Columns);
        Assert.Equal([["a", "1", "0.1235", "True"], ["<b>", "", "1", "False"], ["", "30000", "0", "True"]], table.Rows);
        Assert.Contains("&lt;b&gt;", table.ToHtml());
    }

    [Fact]
    public void A_long_frame_is_cut_and_says_so()
    {
        var table = Interactive.Tables.Frame("Things", ThreeRows, mostRows: 2);

        Assert.Equal("Things: 3 rows, 4 columns; the first 2", table.Caption);
        Assert.Equal(["a", "<b>"], table.Rows.Select(row => row[0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Interactive.Tables.Frame("Things", ThreeRows, mostRows: 0));
        Assert.Throws<ArgumentException>(() => Interactive.Tables.Frame("Nothing", new DataFrame()));
    }

    [Fact]
    public void Metrics_have_a_row_for_each_run_metric_and_cutoff()
    {
        var runs = new[] { Sample.Record("mean", 0), Sample.Record("gti", 3) };

        var frame = DataFrames.Metrics(runs);

        Assert.Equal(["data set", "method", "seed", "metric", "k", "value", "pairs", "examples", "seconds", "record"], frame.Columns.Select(column => column.Name));
        Assert.Equal(runs.Sum(run => run.Metrics.Count), frame.Rows.Count);
        var expected = runs[1].Metrics.Single(metric => metric is { Name: MetricValue.Ndcg, K: 10 });
        var row = Assert.Single(frame.Rows, row => row is var values && (string)values[1] == "gti" && (string)values[3] == MetricValue.Ndcg && (int)values[4] == 10);
        // Grounding 19,200 examples in 60 s and fine-tuning 25,600 in 100 s; evaluation trains nothing.
        Assert.Equal(["sample", "gti", 3, "NDCG", 10, expected.Value, 1000L, 44_800L, 160.0, runs[1].FileName], row);
    }

    [Fact]
    public void Rows_of_one_metric_are_kept_with_their_values()
    {
        var frame = DataFrames.Metrics([Sample.Record("mean", 0), Sample.Record("gti", 0)]);

        var recall = frame.Filter(frame.Columns.GetStringColumn("metric").ElementwiseEquals(MetricValue.Recall));

        Assert.All(recall.Columns.GetStringColumn("metric"), name => Assert.Equal(MetricValue.Recall, name));
        Assert.Equal(frame.Rows.Where(row => (string)row[3] == MetricValue.Recall).Select(row => row[5]), recall.Rows.Select(row => row[5]));
        Assert.Equal(recall[0, 5], recall.Head(1)["value"][0]);
    }

    /// <summary>What a reader would do with the frame.</summary>
    [Fact]
    public void Columns_are_added_by_name_and_cells_are_set()
    {
        var frame = DataFrames.Metrics([Sample.Record("mean", 0)]);

        frame["per cent"] = new PrimitiveDataFrameColumn<double>("anything", frame.Columns.GetPrimitiveColumn<double>("value").Select(value => 100 * value!.Value));
        frame[0, 1] = "usual";
        frame.Rows[0]["seed"] = 7;

        Assert.Equal("per cent", frame.Columns[^1].Name);
        Assert.Equal(100 * (double)frame["value"][0], frame["per cent"][0]);
        Assert.Equal(["usual", 7], [frame[0, 1], frame.Rows[0][2]]);
        Assert.Throws<ArgumentException>(() => frame["short"] = new PrimitiveDataFrameColumn<int>("short", [1]));
    }
}
