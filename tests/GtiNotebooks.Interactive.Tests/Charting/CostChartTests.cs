using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;
using GtiNotebooks.Training;

namespace GtiNotebooks.Interactive.Tests.Charting;

public sealed class CostChartTests
{
    private static CostPoint Point(string method, double examples, double mean, double reach = double.NaN) =>
        new(method, examples, new ConfidenceInterval(mean, mean - reach, mean + reach, double.IsNaN(reach) ? 1 : 5));

    [Fact]
    public void A_method_is_a_line_through_its_points_by_cost()
    {
        var chart = Charts.RecallAgainstCost([Point("gti", 4000, 0.06, 0.01), Point("mean", 1500, 0.03), Point("gti", 1000, 0.04, 0.005)]);
        Assert.Equal(["mean", "gti"], chart.Data().Select(trace => (string?)trace!["name"]));
        var gti = chart.Data().Named("gti");
        Assert.Equal([1000, 4000], gti.Numbers("x"));
        Assert.Equal([4, 6], gti.Numbers("y"));
        Assert.Equal("lines+markers", (string?)gti["mode"]);
        Assert.Equal([0.5, 1], gti["error_y"]!.Numbers("array").Select(value => Math.Round(value, 9)));
        Assert.Equal([0.5, 1], gti["error_y"]!.Numbers("arrayminus").Select(value => Math.Round(value, 9)));
        Assert.False((bool)gti["error_y"]!["symmetric"]!);
        Assert.Null(chart.Data().Named("mean")["error_y"]);
        Assert.Equal(Theme.ColourOf("gti"), (string?)gti["line"]!["color"]);
        Assert.Equal("dash", (string?)chart.Data().Named("mean")["line"]!["dash"]);
        Assert.Equal("log", (string?)chart.Layout()["xaxis"]!["type"]);
        Assert.Equal(("D1", "~s"), ((string?)chart.Layout()["xaxis"]!["dtick"], (string?)chart.Layout()["xaxis"]!["tickformat"]));
        Assert.Equal("Recall@10 (%)", (string?)chart.Layout()["yaxis"]!["title"]!["text"]);
        // A little more than what is drawn, 3 to 7 %, and not from zero: the points have the height for themselves.
        Assert.Equal([2.68, 7.32], chart.Layout()["yaxis"]!.Numbers("range").Select(end => Math.Round(end, 9)));
        Assert.Contains("gti: 4.00 % [3.50, 4.50] after 1,000 examples, 6.00 % [5.00, 7.00] after 4,000 examples", chart.Description);
    }

    [Fact]
    public void A_lopsided_interval_keeps_its_two_reaches()
    {
        var trace = Charts.RecallAgainstCost([new CostPoint("gti", 10, new ConfidenceInterval(0.5, 0.25, 0.625, 400))]).Data()[0]!;
        Assert.Equal([12.5], trace["error_y"]!.Numbers("array"));
        Assert.Equal([25], trace["error_y"]!.Numbers("arrayminus"));
    }

    [Fact]
    public void Points_of_one_cost_stand_side_by_side_and_say_their_true_cost()
    {
        var chart = Charts.RecallAgainstCost([Point("gti", 1000, 0.04, 0.01), Point("mean", 1000, 0.04, 0.01), Point("random", 4000, 0.04, 0.01)]);
        var (mean, gti) = (chart.Data().Named("mean").Numbers("x")[0], chart.Data().Named("gti").Numbers("x")[0]);
        Assert.True(mean < 1000 && gti > 1000, $"{mean} and {gti}");
        Assert.Equal(1000 * 1000, mean * gti, 3);
        // Of an axis some 800 pixels wide, a marker of 8 pixels is a hundredth.
        Assert.True(Math.Log(gti / mean) / Math.Log(4000 * 1.25 / (1000 / 1.25)) > 0.01);
        Assert.Equal([4000], chart.Data().Named("random").Numbers("x"));
        Assert.All(new[] { "mean", "gti" }, name => Assert.EndsWith("after 1,000 examples", chart.Data().Named(name).Texts("text")[0]));
        Assert.Contains("side by side", (string?)chart.Layout()["title"]!["text"]);
    }

    [Fact]
    public void Lines_without_intervals_stay_where_they_are()
    {
        var chart = Charts.RecallAgainstCost([Point("gti", 1000, 0.04), Point("mean", 1000, 0.04)]);
        Assert.All(chart.Data(), trace => Assert.Equal([1000], trace!.Numbers("x")));
        Assert.Equal(0, chart.Layout()["yaxis"]!.Numbers("range")[0]);
    }

    [Fact]
    public void What_trains_nothing_is_a_level_line_across_the_chart()
    {
        var chart = Charts.RecallAgainstCost([Point("popularity", 0, 0.01), Point("gti", 1000, 0.04), Point("gti", 8000, 0.05)]);
        var level = chart.Data().Named("popularity");
        Assert.Equal([1, 1], level.Numbers("y"));
        Assert.True(level.Numbers("x")[0] is > 0 and < 1000 && level.Numbers("x")[1] > 8000);
        Assert.Contains("popularity: 1.00 % untrained", chart.Description);
    }

    [Fact]
    public void A_studys_methods_are_points()
    {
        var method = Sample.Study(seeds: 3).Methods.Single(one => one.Method == "gti");
        var point = CostPoint.Of(method, MetricValue.Recall, 10);
        Assert.Equal(("gti", method.TrainingExamples, method.Find(MetricValue.Recall, 10)!.Value), (point.Method, point.Examples, point.Value));
        Assert.Throws<ArgumentException>(() => CostPoint.Of(method, MetricValue.Recall, 11));
    }

    [Fact]
    public void Settings_are_in_the_hover_text_and_the_order_does_not_matter()
    {
        CostPoint[] points = [Point("gti", 10, 0.5) with { Setting = "400 steps" }, Point("zeta", 10, 0.5), Point("alpha", 30, 0.5), Point("mean", 20, 0.25)];
        var chart = Charts.MetricAgainstCost("Cost", "NDCG@5", points);
        Assert.StartsWith("gti, 400 steps: NDCG@5 50.00 %", chart.Data().Named("gti").Texts("text")[0]);
        Assert.Equal(["mean", "gti", "alpha", "zeta"], chart.Data().Select(trace => (string?)trace!["name"]));
        Assert.Equal(chart.ToJson(), Charts.MetricAgainstCost("Cost", "NDCG@5", [.. points.Reverse()]).ToJson());
    }

    [Fact]
    public void Costs_and_values_are_finite_and_there_is_one()
    {
        Assert.Throws<ArgumentException>(() => Charts.RecallAgainstCost([]));
        Assert.Contains("gti", Assert.Throws<ArgumentException>(() => Charts.RecallAgainstCost([Point("gti", -1, 0.5)])).Message);
        Assert.Throws<ArgumentException>(() => Charts.RecallAgainstCost([Point("gti", double.PositiveInfinity, 0.5)]));
        Assert.Throws<ArgumentException>(() => Charts.RecallAgainstCost([Point("gti", 1, double.NaN)]));
    }

    [Fact]
    public void Early_stopping_leaves_a_curve_over_all_that_was_trained_on()
    {
        var study = Sample.Study(seeds: 2);
        var records = new[] { "mean", "gti" }.SelectMany(study.RecordsOf).Select((record, i) => record with
        {
            // One seed went on for longer than the other.
            ValidationCurve = [new(100, 0.02 + 0.01 * record.Seed), .. record.Seed == 0 ? [new ValidationScore(200, 0.05)] : Array.Empty<ValidationScore>()],
        }).ToArray();
        var chart = Charts.ValidationCurves(StudySummary.From(records, ["mean", "gti"]));
        var grounding = records.First(record => record.Method == "gti").Costs.Single(cost => cost.Stage == StageCost.Grounding).Examples;
        Assert.Equal([6400], chart.Data().Named("mean").Numbers("x"));
        Assert.Equal([6400 + grounding], chart.Data().Named("gti").Numbers("x"));
        Assert.Equal([2.5], chart.Data().Named("mean").Numbers("y").Select(value => Math.Round(value, 9)));
        Assert.Throws<ArgumentException>(() => Charts.ValidationCurves(study));
    }
}
