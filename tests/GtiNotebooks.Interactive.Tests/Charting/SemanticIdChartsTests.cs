using GtiNotebooks.SemanticIds;

namespace GtiNotebooks.Interactive.Tests.Charting;

public sealed class SemanticIdChartsTests
{
    private static readonly RqVaeEpoch[] History =
    [
        new(10, 0.9, 0.5, [3, 2, 1], [10, 20, 30], 0.25, 2, 1), new(20, 0.5, 0.25, [2, 1, 0.5], [12, 25, 31], 0.125, 0, 2),
    ];

    [Fact]
    public void A_history_is_drawn_in_three_panels_with_a_line_a_level()
    {
        var chart = Charts.RqVaeHistory("Training", History);
        var traces = chart.Data();
        Assert.Equal(["reconstruction error", "perplexity, level a", "perplexity, level b", "perplexity, level c", "collision rate"], traces.Select(trace => (string?)trace!["name"]));
        Assert.All(traces, trace => Assert.Equal([10, 20], trace!.Numbers("x")));
        Assert.Equal([0.5, 0.25], traces[0]!.Numbers("y"));
        Assert.Equal([20, 25], traces[2]!.Numbers("y"));
        Assert.Equal([25, 12.5], traces[4]!.Numbers("y"));
        Assert.Equal([null, "x2", "x2", "x2", "x3"], traces.Select(trace => (string?)trace!["xaxis"]));
        Assert.Equal([false, true, true, true, false], traces.Select(trace => (bool)trace!["showlegend"]!));
        Assert.Equal("collision rate (%)", (string?)chart.Layout()["yaxis3"]!["title"]!["text"]);
        Assert.Contains("reconstruction error 0.500 to 0.250; perplexity 10.0 / 20.0 / 30.0 to 12.0 / 25.0 / 31.0; collision rate 25.00 % to 12.50 %", chart.Description);
        Assert.Contains("epoch 20, collision rate: 12.50 %", traces[4]!.Texts("text"));
    }

    [Fact]
    public void Panels_lie_side_by_side_without_touching()
    {
        var layout = Charts.RqVaeHistory("Training", History).Layout();
        var places = new[] { "xaxis", "xaxis2", "xaxis3" }.Select(axis => layout[axis]!["domain"]!.AsArray().Select(end => end!.GetValue<double>()).ToArray()).ToArray();
        Assert.Equal(0, places[0][0], 12);
        Assert.Equal(1, places[2][1], 12);
        Assert.True(places[0][1] < places[1][0] && places[1][1] < places[2][0]);
    }

    [Fact]
    public void A_history_without_collisions_has_an_axis_all_the_same() => Assert.Equal(
        [0, 1], Charts.RqVaeHistory("Training", [History[0] with { CollisionRate = 0 }]).Layout()["yaxis3"]!["range"]!.AsArray().Select(end => end!.GetValue<double>()));

    [Fact]
    public void A_history_needs_epochs_of_one_shape()
    {
        Assert.Throws<ArgumentException>(() => Charts.RqVaeHistory("Training", []));
        Assert.Throws<ArgumentException>(() => Charts.RqVaeHistory("Training", [History[0], History[1] with { Perplexities = [1] }]));
    }

    [Fact]
    public void Code_use_is_the_counts_a_panel_a_level_on_one_scale()
    {
        var chart = Charts.CodeUse("Use", [Use("residual k-means", [9, 2, 1], [12, 0, 0]), Use("RQ-VAE", [5, 4, 3], [4, 4, 4])]);
        var traces = chart.Data();
        Assert.Equal(["residual k-means", "RQ-VAE", "even use", "residual k-means", "RQ-VAE", "even use"], traces.Select(trace => (string?)trace!["name"]));
        Assert.Equal([12, 0, 0], traces[3]!.Numbers("y"));
        Assert.Equal([1, 2, 3], traces[3]!.Numbers("x"));
        Assert.Equal([4, 4], traces[5]!.Numbers("y"));
        Assert.Equal(Theme.ColourOfLearner("rq-vae"), (string?)traces[4]!["line"]!["color"]);
        Assert.Equal(3, traces.Count(trace => (bool)trace!["showlegend"]!));
        Assert.Equal(chart.Layout()["yaxis"]!["range"]!.ToJsonString(), chart.Layout()["yaxis2"]!["range"]!.ToJsonString());
        Assert.Contains("residual k-means: a 9 and 1 items, b 12 and 0 items", chart.Description);
    }

    [Fact]
    public void Code_use_compares_like_with_like()
    {
        Assert.Throws<ArgumentException>(() => Charts.CodeUse("Use", []));
        Assert.Throws<ArgumentException>(() => Charts.CodeUse("Use", [Use("A", [2, 1]), Use("B", [2, 1, 0])]));
        Assert.Throws<ArgumentException>(() => Charts.CodeUse("Use", [Use("A", [2, 1]), Use("B", [2, 2])]));
        Assert.Throws<ArgumentException>(() => Charts.CodeUse("Use", [Use("A", [1], [1], [1], [1], [1])]));
    }

    [Fact]
    public void A_prefix_that_no_pair_shares_has_no_column_and_the_order_stays()
    {
        PrefixSimilarity[] gap = [new(0, 10, 0.1), new(1, 3, 0.5), new(2, 0, null)];
        PrefixSimilarity[] full = [new(0, 10, 0.125), new(1, 3, 0.25), new(2, 1, 0.75)];
        var chart = Charts.PrefixCheck("Prefixes", [new("RQ-VAE", gap), new("residual k-means", full)]);
        Assert.Equal(["0", "1"], chart.Data().Named("RQ-VAE").Texts("x"));
        Assert.Equal([0.125, 0.25, 0.75], chart.Data().Named("residual k-means").Numbers("y"));
        Assert.Equal(["0", "1", "2"], chart.Layout()["xaxis"]!["categoryarray"]!.AsArray().Select(key => (string?)key));
        Assert.Contains("RQ-VAE: 0 shared 0.100 (10 pairs), 1 shared 0.500 (3 pairs), 2 shared by no pair", chart.Description);
        Assert.Throws<ArgumentException>(() => Charts.PrefixCheck("Prefixes", []));
    }

    private static CodeUseCurve Use(string learner, params int[][] levels) => new(learner, [.. levels.Select((items, level) => new CodeCounts(level, items))]);
}
