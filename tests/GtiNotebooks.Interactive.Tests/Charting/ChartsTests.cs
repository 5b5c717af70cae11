using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Interactive.Tests.Charting;

public sealed class ChartsTests
{
    [Fact]
    public void A_spectrum_draws_the_records_singular_values_as_shares_of_the_largest()
    {
        var report = new GeometryReport(2.5, 1.5, 0.1, [8, 4, 2], [4, 3, 1e-9], []);
        var record = Sample.Record("gti", 7, [RankedTarget.Alone(1)], report, report);
        var raw = Assert.Single(Charts.Spectra([record], GeometryMoment.AfterFineTuning, Centring.Raw).Data())!;
        Assert.Equal([1, 0.5, 0.25], raw.Numbers("y"));
        Assert.Equal([1, 2, 3], raw.Numbers("x"));
        Assert.Equal("gti: effective rank 2.5", (string?)raw["name"]);
        Assert.Contains("seed 7", raw.Texts("text")[0]);
        var chart = Charts.Spectra([record], GeometryMoment.AfterFineTuning, Centring.Centred);
        Assert.Equal([1, 0.75], Assert.Single(chart.Data())!.Numbers("y"));
        Assert.Equal("log", (string?)chart.Layout()["yaxis"]!["type"]);
        Assert.Equal(("D2", "~g"), ((string?)chart.Layout()["yaxis"]!["dtick"], (string?)chart.Layout()["yaxis"]!["tickformat"]));
        Assert.Contains("after fine-tuning (centred)", (string?)chart.Layout()["title"]!["text"]);
    }

    [Fact]
    public void A_method_without_any_spread_keeps_its_place_in_the_legend()
    {
        var chart = Charts.Spectra([Sample.Record("mean", 0), Sample.Record("gti", 0)], GeometryMoment.AtStart, Centring.Centred);
        var mean = chart.Data().Named("mean: effective rank 0.0");
        Assert.Equal([0], mean.Numbers("y")); // nowhere on a logarithmic axis
        Assert.True((bool)mean["showlegend"]!);
    }

    [Fact]
    public void Seeds_of_one_method_share_a_colour_and_one_legend_entry()
    {
        var chart = Charts.Spectra([Sample.Record("gti", 0), Sample.Record("gti", 1)], GeometryMoment.AtStart, Centring.Raw);
        Assert.Equal([true, false], chart.Data().Select(trace => (bool)trace!["showlegend"]!));
        Assert.Single(chart.Data().Select(trace => (string?)trace!["line"]!["color"]).Distinct());
        Assert.Contains("2 seeds", chart.Description);
        Assert.EndsWith("(raw) on sample<br><sub>a line a run: 2 seeds a method</sub>", (string?)chart.Layout()["title"]!["text"]);
        var ranks = Charts.EffectiveRank([Sample.Record("mean", 0), Sample.Record("gti", 0), Sample.Record("gti", 1)], Centring.Raw);
        Assert.EndsWith("(raw) on sample<br><sub>a line a run: 1 to 2 seeds a method</sub>", (string?)ranks.Layout()["title"]!["text"]);
    }

    [Fact]
    public void The_order_of_the_records_does_not_matter()
    {
        StudyRecord[] records = [Sample.Record("gti", 1), Sample.Record("gti", 0), Sample.Record("zeta", 0), Sample.Record("mean", 0)];
        Assert.Equal(Charts.EffectiveRank(records, Centring.Raw).ToJson(), Charts.EffectiveRank([.. records.Reverse()], Centring.Raw).ToJson());
        Assert.Equal(["mean", "gti", "gti", "zeta"], Charts.EffectiveRank(records, Centring.Raw).Data().Select(trace => (string?)trace!["name"]));
    }

    [Fact]
    public void Effective_ranks_run_from_the_start_to_after_fine_tuning()
    {
        var record = Sample.Record("gti", 0);
        var trace = Assert.Single(Charts.EffectiveRank([record], Centring.Centred).Data())!;
        Assert.Equal(["at the start", "after fine-tuning"], trace.Texts("x"));
        Assert.Equal([record.GeometryAtStart!.EffectiveRankCentred, record.GeometryAfterSft!.EffectiveRankCentred], trace.Numbers("y"));
    }

    [Fact]
    public void Metrics_are_drawn_in_per_cent_with_their_intervals()
    {
        var summary = Sample.Study(seeds: 3);
        var chart = Charts.MetricAtK(summary, MetricValue.Recall);
        Assert.Equal(summary.Methods.Count, chart.Data().Count);
        foreach (var method in summary.Methods)
        {
            var trace = chart.Data().Named(method.Method);
            Assert.Equal("bar", (string?)trace["type"]);
            Assert.Equal(["5", "10", "20", "50", "100"], trace.Texts("x"));
            for (var i = 0; i < 5; i++)
            {
                var value = method.Find(MetricValue.Recall, summary.Cutoffs[i])!.Value;
                Assert.Equal(100 * value.Mean, trace.Numbers("y")[i], 12);
                Assert.Equal(100 * value.HalfWidth, trace["error_y"]!.Numbers("array")[i], 12);
            }
        }
        Assert.Contains("Recall@K (%)", (string?)chart.Layout()["yaxis"]!["title"]!["text"]);
    }

    [Fact]
    public void One_seed_has_no_interval()
    {
        var chart = Charts.MetricAtK(Sample.Study(seeds: 1), MetricValue.Ndcg);
        Assert.All(chart.Data(), trace => Assert.Null(trace!["error_y"]));
        Assert.DoesNotContain("±", chart.Description);
        Assert.Throws<ArgumentException>(() => Charts.MetricAtK(Sample.Study(seeds: 1), "Precision"));
    }

    [Theory]
    [InlineData(GainBand.Seeds)]
    [InlineData(GainBand.Users)]
    public void Gains_are_the_summarys_with_a_closed_band(GainBand band)
    {
        var summary = Sample.Study(seeds: 3);
        var chart = Charts.GainOverK(summary, MetricValue.Recall, band);
        var cutoffs = Enumerable.Range(1, 20).Select(i => 5 * i).ToArray();
        var gains = band == GainBand.Seeds
            ? summary.GainOverK("gti", MetricValue.Recall, cutoffs)
            : summary.GainOverKByUsers("gti", MetricValue.Recall, cutoffs, seed: 0);
        var line = chart.Data().Named("gti");
        Assert.Equal(gains.Select(gain => 100 * gain.Gain.Mean), line.Numbers("y"));
        Assert.Equal(cutoffs.Select(k => (double)k), line.Numbers("x"));
        var area = chart.Data().Named("gti, 95 % band");
        Assert.Equal([.. gains.Select(gain => 100 * gain.Gain.High), .. gains.Reverse().Select(gain => 100 * gain.Gain.Low)], area.Numbers("y"));
        Assert.Equal("toself", (string?)area["fill"]);
        Assert.Equal([0.0, 0.0], chart.Data().Named("mean").Numbers("y"));
        Assert.EndsWith(
            $"<sub>shaded: 95 % band over {(band == GainBand.Seeds ? "3 seeds" : "400 users")}</sub>", (string?)chart.Layout()["title"]!["text"]);
    }

    [Fact]
    public void The_baseline_of_a_gain_need_not_come_first()
    {
        StudyRecord[] records = [.. Enumerable.Range(0, 2).SelectMany(seed => new[] { Sample.Record("mean", seed, 70), Sample.Record("gti", seed, 55) })];
        var chart = Charts.GainOverK(StudySummary.From(records, ["gti", "mean"], "mean"), MetricValue.Recall, GainBand.Seeds);
        Assert.Equal(["mean", "gti, 95 % band", "gti"], chart.Data().Select(trace => (string?)trace!["name"]));
    }

    [Fact]
    public void A_gain_needs_a_second_method()
    {
        var alone = StudySummary.From([Sample.Record("mean", 0)]);
        Assert.Throws<ArgumentException>(() => Charts.GainOverK(alone, MetricValue.Recall, GainBand.Seeds));
    }

    [Fact]
    public void A_loss_curve_is_what_was_reported()
    {
        var steps = Enumerable.Range(1, 30).Select(step => Sample.Progress("fine-tuning", step)).ToArray();
        var trace = Assert.Single(Charts.TrainingLoss("Fine-tuning", [new LossCurve("gti", steps)]).Data())!;
        Assert.Equal(steps.Select(step => (double)step.Step), trace.Numbers("x"));
        Assert.Equal(steps.Select(step => step.Loss), trace.Numbers("y"));
        Assert.Throws<ArgumentException>(() => Charts.TrainingLoss("Fine-tuning", [new LossCurve("gti", [])]));
        Assert.Throws<ArgumentException>(() => Charts.TrainingLoss("Fine-tuning", [new LossCurve("gti", [steps[0] with { Loss = double.NaN }])]));
    }

    [Fact]
    public void Heat_maps_share_one_scale_and_have_axes_of_their_own()
    {
        double[][] cosines = [[1, -0.5], [-0.5, 1]];
        var chart = Charts.CosineHeatMaps("Cosines", [new("mean", cosines), new("gti", cosines)]);
        var traces = chart.Data();
        Assert.Equal([null, "x2"], traces.Select(trace => (string?)trace!["xaxis"]));
        Assert.All(traces, trace => Assert.Equal("coloraxis", (string?)trace!["coloraxis"]));
        Assert.Equal([-0.5, 1], traces[1]!["z"]![1]!.AsArray().Select(value => value!.GetValue<double>()));
        Assert.Equal((-1, 1), ((double)chart.Layout()["coloraxis"]!["cmin"]!, (double)chart.Layout()["coloraxis"]!["cmax"]!));
        Assert.Equal("y2", (string?)chart.Layout()["xaxis2"]!["anchor"]);
        Assert.Throws<ArgumentException>(() => Charts.CosineHeatMaps("Cosines", []));
        Assert.Throws<ArgumentException>(() => Charts.CosineHeatMaps("Cosines", [new("crooked", [[1, 0]])]));
    }

    [Fact]
    public void A_heat_map_of_tokens_names_them()
    {
        var tokens = new TokenCosines(["plum", "<a_0>"], [[1, -0.5], [-0.5, 1]]);
        var chart = Charts.CosineHeatMaps("Cosines", [CosinePanel.Of("tokens", tokens)]);
        var trace = Assert.Single(chart.Data())!;
        Assert.All(new[] { "x", "y" }, axis => Assert.Equal(["plum", "<a_0>"], trace[axis]!.AsArray().Select(label => (string?)label)));
        var twice = new CosinePanel("twice", tokens.Cosines) { Labels = ["plum", "plum"] };
        Assert.Throws<ArgumentException>(() => Charts.CosineHeatMaps("Cosines", [twice]));
        Assert.Throws<ArgumentException>(() => Charts.CosineHeatMaps("Cosines", [twice with { Labels = ["plum"] }]));
    }

    [Fact]
    public void Many_tokens_are_named_by_hovering_and_their_groups_on_the_axes()
    {
        string[] names = [.. Enumerable.Range(0, 32).Select(i => $"word{i}"), "<a_0>", "<a_4>", "<b_1>"];
        double[][] cosines = [.. names.Select(_ => names.Select(_ => 0.5).ToArray())];
        var panel = CosinePanel.Of("gti", new TokenCosines(names, cosines));
        Assert.Equal([new("words", 32), new("a", 2), new CosineGroup("b", 1)], panel.Groups!);
        var chart = Charts.CosineHeatMaps("Cosines", [new CosinePanel("plain", cosines), panel]);
        Assert.Equal(names, chart.Data()[1]!.Texts("x"));
        Assert.Contains("%{y} and %{x}", (string?)chart.Layout()["template"]!["data"]!["heatmap"]![0]!["hovertemplate"]);
        foreach (var axis in new[] { "xaxis2", "yaxis2" })
        {
            Assert.Equal(["words", "a", "b"], chart.Layout()[axis]!.Texts("ticktext"));
            Assert.Equal([15.5, 32.5, 34], chart.Layout()[axis]!.Numbers("tickvals"));
            Assert.Equal("category", (string?)chart.Layout()[axis]!["type"]);
        }
        Assert.Null(chart.Layout()["xaxis"]!["tickvals"]);
        var dividers = chart.Layout()["shapes"]!.AsArray();
        Assert.All(dividers, divider => Assert.Equal(("x2", "y2"), ((string?)divider!["xref"], (string?)divider["yref"])));
        Assert.Equal([31.5, 33.5], dividers.Where(divider => (double)divider!["x0"]! == (double)divider["x1"]!).Select(divider => (double)divider!["x0"]!));
        Assert.Equal(4, dividers.Count);
        Assert.Equal(340, (int)chart.Layout()["height"]!); // labels at every row would need more
        var alone = Charts.CosineHeatMaps("Cosines", [panel with { Groups = null }]);
        Assert.Empty(alone.Layout()["xaxis"]!["tickvals"]!.AsArray());
        Assert.Throws<ArgumentException>(() => Charts.CosineHeatMaps("Cosines", [panel with { Groups = [new("words", 34)] }]));
    }

    [Fact]
    public void Methods_columns_differ_in_hatching_where_their_lines_differ_in_dash()
    {
        var traces = Charts.MetricAtK(Sample.Study(seeds: 2), MetricValue.Recall).Data();
        Assert.Equal("/", (string?)traces.Named("mean")["marker"]!["pattern"]!["shape"]);
        Assert.Equal("", (string?)traces.Named("gti")["marker"]!["pattern"]!["shape"]);
        var known = MethodPalette.All.GroupBy(look => look.Dash).ToArray();
        Assert.All(known, dash => Assert.Single(dash.Select(look => Theme.HatchOf(look.Name)).Distinct()));
        Assert.Equal(known.Length, known.Select(dash => Theme.HatchOf(dash.First().Name)).Distinct().Count());
    }

    [Fact]
    public void A_method_has_one_colour_in_all_charts()
    {
        var summary = Sample.Study(seeds: 2);
        ChartView[] charts =
        [
            Charts.MetricAtK(summary, MetricValue.Recall), Charts.GainOverK(summary, MetricValue.Ndcg, GainBand.Seeds),
            Charts.EffectiveRank(summary.RecordsOf("gti"), Centring.Raw), Charts.Spectra(summary.RecordsOf("gti"), GeometryMoment.AtStart, Centring.Raw),
            Charts.TrainingLoss("Loss", [new LossCurve("gti", [Sample.Progress("s", 1)])]),
        ];
        foreach (var chart in charts)
        {
            var trace = chart.Data().First(trace => ((string?)trace!["name"])!.StartsWith("gti", StringComparison.Ordinal))!;
            Assert.Equal(Theme.ColourOf("gti"), (string?)trace["marker"]!["color"]);
        }
    }

    [Fact]
    public void Nothing_to_draw_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => Charts.Spectra([], GeometryMoment.AtStart, Centring.Raw));
        Assert.Throws<ArgumentException>(() => Charts.EffectiveRank([], Centring.Raw));
        Assert.Throws<ArgumentException>(() => Charts.TrainingLoss("Loss", []));
    }

    [Fact]
    public void Every_chart_says_its_numbers_in_one_line()
    {
        var summary = Sample.Study(seeds: 3);
        var text = Charts.MetricAtK(summary, MetricValue.Recall).ToPlainText();
        Assert.DoesNotContain('\n', text);
        Assert.Matches(@"gti: @5 \d+\.\d\d % ± \d+\.\d\d", text);
        Assert.Matches(@"gti: @5 [+-]\d+\.\d % \[", Charts.GainOverK(summary, MetricValue.Recall, GainBand.Seeds).ToPlainText());
    }

    [Fact]
    public void AnchorsHaveNoRowsAndAreLeftOutOfChartsOfRows()
    {
        StudyRecord[] records = [Sample.Anchor("popularity"), Sample.Record("mean", 0)];
        Assert.DoesNotContain("popularity", Charts.EffectiveRank(records, Centring.Raw).Description);
        Assert.DoesNotContain("popularity", Charts.Spectra(records, GeometryMoment.AfterFineTuning, Centring.Raw).Description);
        Assert.Contains("popularity", Charts.MetricAtK(StudySummary.From(records, ["popularity", "mean"], "mean"), MetricValue.Recall).Description);
        Assert.DoesNotContain(Interactive.Tables.Geometry(StudySummary.From(records, ["popularity", "mean"], "mean")).Rows, row => row[0] == "popularity");
    }
}
