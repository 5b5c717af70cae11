using GtiNotebooks.Diagnostics;
using GtiNotebooks.SemanticIds;

namespace GtiNotebooks.Interactive.Tests.Charting;

public sealed class DiagnosticChartsTests
{
    private static InitialisationReport Start(string initialiser, double mass, params double[] values) => new(
        initialiser, new NewRowsReport(new NormQuantiles(1, 2, 3), new NormQuantiles(1, 2, 3), new GeometryReport(2.5, 1.5, 0, values, values, [])), null,
        new VocabularyShift(200, mass, 2 * mass));

    private static RsaTest Level(int level, double? value) => new(
        level, 8, 8, value is { } one ? new PermutedCorrelation(one, -0.1, 0.2, 0.01) : null, value is { } two ? new PermutedCorrelation(two / 2, -0.2, 0.2, 0.02) : null);

    [Fact]
    public void Spectra_of_starts_have_the_effective_rank_in_the_legend()
    {
        var chart = Charts.Spectra(
            "Before training", [NamedGeometry.Of(Start("random", 0.1, 4, 2)), NamedGeometry.Of(Start("mean", 0.1, 5, 0))], Centring.Raw);
        Assert.Equal(["mean: effective rank 2.5", "random: effective rank 2.5"], chart.Data().Select(trace => (string?)trace!["name"]));
        Assert.Equal([1, 0.5], chart.Data()[1]!.Numbers("y"));
        Assert.Equal("random: σ2 = 2.0000", chart.Data()[1]!.Texts("text")[1]);
        Assert.Equal([1], chart.Data()[0]!.Numbers("y"));
        Assert.Equal("lines+markers", (string?)chart.Data()[0]!["mode"]);
        Assert.Contains("Before training (raw)", (string?)chart.Layout()["title"]!["text"]);
        Assert.Throws<ArgumentException>(() => Charts.Spectra("Before training", [], Centring.Raw));
    }

    [Fact]
    public void The_probability_of_new_tokens_is_a_column_a_start()
    {
        var chart = Charts.NewTokenMass("New tokens", [Start("random", 0.57982), Start("mean", 0.00088)]);
        var trace = Assert.Single(chart.Data())!;
        Assert.Equal(["mean", "random"], trace.Texts("x"));
        Assert.Equal([0.088, 57.982], trace.Numbers("y").Select(value => Math.Round(value, 9)));
        Assert.Equal(["0.088 %", "58.0 %"], trace.Texts("text"));
        Assert.Equal("outside", (string?)trace["textposition"]);
        Assert.Equal([Theme.ColourOf("mean"), Theme.ColourOf("random")], trace["marker"]!.Texts("color"));
        Assert.Contains("over 200 positions. mean: 0.088 %, KL 0.0018 nats; random", chart.Description);
        Assert.Throws<ArgumentException>(() => Charts.NewTokenMass("New tokens", []));
        Assert.Throws<ArgumentException>(() => Charts.NewTokenMass("New tokens", [Start("mean", 0), Start("mean", 0)]));
    }

    [Fact]
    public void Similarity_to_codebooks_stands_beside_chance_a_panel_a_level()
    {
        var chart = Charts.Rsa("RSA", [new("gti", [Level(0, 0.5), Level(1, 0.25)]), new("mean", [Level(0, null), Level(1, null)])], RsaStatistic.Pearson);
        var traces = chart.Data();
        Assert.Equal(["level a", "chance: 95 % of permuted codes", "level b", "chance: 95 % of permuted codes"], traces.Select(trace => (string?)trace!["name"]));
        Assert.Equal([null, null, "x2", "x2"], traces.Select(trace => (string?)trace!["xaxis"]));
        Assert.Equal(["mean", "gti"], traces[0]!.Texts("x"));
        Assert.Equal([0, 0.5], traces[0]!.Numbers("y"));
        Assert.Equal([Theme.ColourOf("mean"), Theme.ColourOf("gti")], traces[0]!["marker"]!.Texts("color"));
        Assert.Contains("mean: not defined", traces[0]!.Texts("text")[0]);
        Assert.Equal("gti: 0.500, p = 0.010, 8 of 8 codes", traces[0]!.Texts("text")[1]);
        Assert.Equal(["gti"], traces[1]!.Texts("x"));
        Assert.Equal([0.05], traces[1]!.Numbers("y").Select(value => Math.Round(value, 12)));
        Assert.Equal([0.15], traces[1]!["error_y"]!.Numbers("array").Select(value => Math.Round(value, 12)));
        Assert.Single(traces, trace => (bool)trace!["showlegend"]!);
        Assert.Equal(chart.Layout()["yaxis"]!["range"]!.ToJsonString(), chart.Layout()["yaxis2"]!["range"]!.ToJsonString());
        Assert.Contains("gti: a 0.500 [-0.100, 0.200], b 0.250 [-0.100, 0.200]", chart.Description);
        var ranks = Charts.Rsa("RSA", [new("gti", [Level(0, 0.5)])], RsaStatistic.Spearman);
        Assert.Equal([0.25], ranks.Data()[0]!.Numbers("y"));
        Assert.Contains("Spearman", (string?)ranks.Layout()["yaxis"]!["title"]!["text"]);
    }

    [Fact]
    public void Similarity_compares_methods_of_one_shape()
    {
        NamedRsa gti = new("gti", [Level(0, 0.5)]);
        Assert.Throws<ArgumentException>(() => Charts.Rsa("RSA", [], RsaStatistic.Pearson));
        Assert.Throws<ArgumentException>(() => Charts.Rsa("RSA", [gti, gti], RsaStatistic.Pearson));
        Assert.Throws<ArgumentException>(() => Charts.Rsa("RSA", [new("gti", [])], RsaStatistic.Pearson));
        Assert.Contains("'mean'", Assert.Throws<ArgumentException>(() => Charts.Rsa("RSA", [gti, new("mean", [Level(1, 0.5)])], RsaStatistic.Pearson)).Message);
        Assert.Equal(1, Charts.Rsa("RSA", [new("mean", [Level(0, null)])], RsaStatistic.Pearson).Layout()["yaxis"]!.Numbers("range")[1]);
    }

    [Fact]
    public void Ranks_through_training_are_the_curves_points()
    {
        GeometryPoint[] points = [new(0, "start", Sample.Geometry(0)), new(20, "grounding", Sample.Geometry(0.5)), new(40, "fine-tuning", Sample.Geometry(0.9))];
        var chart = Charts.EffectiveRankOverTraining("Ranks", [new("gti", points), new("gti", points[..2]), new("mean", points[..1])], Centring.Centred);
        Assert.Equal(["mean", "gti", "gti"], chart.Data().Select(trace => (string?)trace!["name"]));
        Assert.Equal([true, true, false], chart.Data().Select(trace => (bool)trace!["showlegend"]!));
        Assert.Equal([0, 20, 40], chart.Data()[1]!.Numbers("x"));
        Assert.Equal(points.Select(point => point.Report.EffectiveRankCentred), chart.Data()[1]!.Numbers("y"));
        Assert.StartsWith("gti, fine-tuning, step 40: effective rank", chart.Data()[1]!.Texts("text")[2]);
        Assert.Throws<ArgumentException>(() => Charts.EffectiveRankOverTraining("Ranks", [], Centring.Raw));
        Assert.Throws<ArgumentException>(() => Charts.EffectiveRankOverTraining("Ranks", [new("gti", [])], Centring.Raw));
    }

    [Fact]
    public void Losses_of_tasks_are_the_points()
    {
        TaskLossPoint[] points = [new(0, "start", [new("TitleToId", 4, 40), new("IdToTitle", 3, 90)]), new(20, "grounding", [new("TitleToId", 2.5, 40), new("IdToTitle", 2, 90)])];
        var chart = Charts.LossPerTask("Grounding", points);
        Assert.Equal(["TitleToId", "IdToTitle"], chart.Data().Select(trace => (string?)trace!["name"]));
        Assert.Equal([0, 20], chart.Data()[1]!.Numbers("x"));
        Assert.Equal([3, 2], chart.Data()[1]!.Numbers("y"));
        Assert.Equal("TitleToId, grounding, step 20: 2.500 over 40 tokens", chart.Data()[0]!.Texts("text")[1]);
        Assert.Contains("TitleToId: 4.00 to 2.50; IdToTitle: 3.00 to 2.00", chart.Description);
        Assert.Throws<ArgumentException>(() => Charts.LossPerTask("Grounding", []));
        Assert.Throws<ArgumentException>(() => Charts.LossPerTask("Grounding", [points[0], points[1] with { Losses = points[1].Losses.Take(1).ToArray() }]));
    }

    [Fact]
    public void Tasks_of_one_kind_differ_in_dash_and_the_kinds_in_their_markers()
    {
        string[] tasks = ["TitleToId", "DescriptionToId", "TitleAndDescriptionToId", "IdToTitle", "IdToDescription", "IdToTitleAndDescription"];
        var traces = Charts.LossPerTask("Grounding", [new(0, "start", [.. tasks.Select(task => new TaskLoss(task, 4, 40))])]).Data();
        var looks = traces.Select(trace => ((string?)trace!["line"]!["dash"], (string?)trace["marker"]!["symbol"])).ToArray();
        Assert.Equal(("solid", "circle"), looks[0]);
        Assert.Equal(("solid", "circle-open"), looks[3]);
        Assert.Equal(6, looks.Distinct().Count());
        Assert.Equal(3, looks[..3].Select(look => look.Item1).Distinct().Count());
        Assert.All(looks[..3], look => Assert.DoesNotContain("open", look.Item2));
        Assert.All(looks[3..], look => Assert.EndsWith("-open", look.Item2));
    }

    [Fact]
    public void Similarity_of_a_sample_says_so_in_picture_and_text()
    {
        var sampled = new RsaTest(0, 8192, 683, new PermutedCorrelation(0.5, -0.1, 0.2, 0.01), null);
        var chart = Charts.Rsa("RSA", [new("gti", [sampled])], RsaStatistic.Pearson);
        Assert.Contains("compared: a 683 of 8,192 codes", chart.Description);
        Assert.Contains("a 683 of 8,192 codes", (string?)chart.Layout()["title"]!["text"]);
    }

    [Fact]
    public void Losses_have_a_panel_a_stage_in_the_order_in_which_they_ran()
    {
        var tuning = Enumerable.Range(1, 5).Select(step => Sample.Progress("fine-tuning", step)).ToArray();
        var grounding = Enumerable.Range(1, 3).Select(step => Sample.Progress("grounding", step)).ToArray();
        var chart = Charts.LossByStage("Losses", [new LossCurve("mean", tuning), new LossCurve("gti", [.. grounding, .. tuning])]);
        var traces = chart.Data();
        Assert.Equal(["gti", "mean", "gti"], traces.Select(trace => (string?)trace!["name"]));
        Assert.Equal([null, "x2", "x2"], traces.Select(trace => (string?)trace!["xaxis"]));
        Assert.Equal([true, true, false], traces.Select(trace => (bool)trace!["showlegend"]!));
        Assert.Equal(grounding.Select(step => step.Loss), traces[0]!.Numbers("y"));
        Assert.Equal([1, 2, 3, 4, 5], traces[2]!.Numbers("x"));
        Assert.Equal(["step of grounding", "step of fine-tuning"], new[] { "xaxis", "xaxis2" }.Select(axis => (string?)chart.Layout()[axis]!["title"]!["text"]));
        Assert.Contains("grounding: gti: ", chart.Description);
        Assert.Throws<ArgumentException>(() => Charts.LossByStage("Losses", []));
        Assert.Throws<ArgumentException>(() => Charts.LossByStage("Losses", [new LossCurve("gti", [])]));
        Assert.Throws<ArgumentException>(() => Charts.LossByStage("Losses", [new LossCurve("gti", [.. "abcde".Select(stage => Sample.Progress($"{stage}", 1))])]));
    }

    [Fact]
    public void A_map_is_coloured_by_its_largest_groups()
    {
        // Group a has 8 points, b 7, ... h 1: the two smallest share grey.
        var labels = Enumerable.Range(0, 8).SelectMany(group => Enumerable.Range(0, 8 - group).Select(i => new MapLabel($"item {group}.{i}", $"<a_{group}>"))).ToArray();
        var map = new PlanarMap("t-SNE, perplexity 30", labels.Length, [.. labels.Select((_, row) => new PlanarPoint(row, row, -row))], 12, 0.9375);
        var chart = Charts.Map("Garments", map, labels);
        Assert.Equal(["2 other groups", "<a_0>", "<a_1>", "<a_2>", "<a_3>", "<a_4>", "<a_5>"], chart.Data().Select(trace => (string?)trace!["name"]));
        Assert.Equal([33, 34, 35], chart.Data()[0]!.Numbers("x"));
        Assert.Equal([0, -1, -2, -3, -4, -5, -6, -7], chart.Data()[1]!.Numbers("y"));
        Assert.Equal("item 0.3 (<a_0>)", chart.Data()[1]!.Texts("text")[3]);
        Assert.Equal(7, chart.Data().Select(trace => (string?)trace!["marker"]!["color"]).Distinct().Count());
        Assert.All(chart.Data(), trace => Assert.Equal("markers", (string?)trace!["mode"]));
        Assert.Contains("36 rows, trustworthiness 0.938 of 12 neighbours; 8 groups", chart.Description);
        Assert.Throws<ArgumentException>(() => Charts.Map("Garments", map, labels[1..]));
    }

    [Fact]
    public void A_sample_says_of_how_many_rows_and_how_much_it_shows()
    {
        var map = new PlanarMap("principal components", 3000, [new(7, 1, 2), new(9, 1, 3)], 1, 0.5) { ExplainedVariance = 0.25 };
        var labels = Enumerable.Range(0, 3000).Select(row => new MapLabel($"row {row}", "all")).ToArray();
        var chart = Charts.Map("Rows", map, labels);
        Assert.Equal(["row 7 (all)", "row 9 (all)"], Assert.Single(chart.Data())!.Texts("text"));
        Assert.Contains("2 of 3,000 rows, 25.0 % of the variance", chart.Description);
    }

    [Fact]
    public void Labels_name_items_and_tokens()
    {
        var ids = SemanticIdMap.FromCodes([[3, 1], [0, 2]]);
        Assert.Equal([new("shirt <a_3><b_1>", "<a_3>"), new MapLabel("hat <a_0><b_2>", "<a_0>")], MapLabel.OfItems(ids, ["shirt", "hat"]));
        Assert.Throws<ArgumentException>(() => MapLabel.OfItems(ids, ["shirt"]));
        Assert.Equal([new("<a_3>", "level a"), new MapLabel("<b_1>", "level b")], MapLabel.OfTokens([new CodeToken(0, 3), new CodeToken(1, 1)]));
    }
}
