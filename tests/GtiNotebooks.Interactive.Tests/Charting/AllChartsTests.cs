using System.Reflection;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Studies;
using GtiNotebooks.Training;

namespace GtiNotebooks.Interactive.Tests.Charting;

/// <summary>What every chart has, whatever it draws.</summary>
public sealed class AllChartsTests
{
    private static readonly StudySummary Study = Sample.Study(seeds: 3);

    private static readonly StudyRecord[] Records = [Sample.Record("mean", 0), Sample.Record("gti", 0)];

    private static readonly Dictionary<string, Func<ChartView>> Samples = new()
    {
        [nameof(Charts.CodeUse)] = () => Charts.CodeUse("Use", [new CodeUseCurve("RQ-VAE", [new CodeCounts(0, [3, 1]), new CodeCounts(1, [2, 2])])]),
        [nameof(Charts.CosineHeatMaps)] = () => Charts.CosineHeatMaps(
            "Cosines", [CosinePanel.Of("words", new TokenCosines(["red", "blue"], [[1, 0], [0, 1]])), new CosinePanel("rows", [[1]])]),
        [nameof(Charts.RecallAgainstCost)] = () => Charts.RecallAgainstCost([CostPoint.Of(Study.Methods[0], MetricValue.Recall, 10)]),
        [nameof(Charts.MetricAgainstCost)] = () => Charts.MetricAgainstCost("Cost", "NDCG@5", [CostPoint.Of(Study.Methods[0], MetricValue.Ndcg, 5)]),
        [nameof(Charts.ValidationCurves)] = () => Charts.ValidationCurves(
            StudySummary.From([.. Records.Select(record => record with { ValidationCurve = [new ValidationScore(100, 0.02)] })])),
        [nameof(Charts.EffectiveRank)] = () => Charts.EffectiveRank(Records, Centring.Raw),
        [nameof(Charts.GainOverK)] = () => Charts.GainOverK(Study, MetricValue.Recall, GainBand.Seeds),
        [nameof(Charts.TrainingLoss)] = () => Charts.TrainingLoss("Loss", [new LossCurve("gti", [Sample.Progress("grounding", 1)])]),
        [nameof(Charts.LossByStage)] = () => Charts.LossByStage(
            "Loss", [new LossCurve("gti", [Sample.Progress("grounding", 1), Sample.Progress("fine-tuning", 1)])]),
        [nameof(Charts.Map)] = () => Charts.Map("Map", new PlanarMap("t-SNE", 1, [new PlanarPoint(0, 1, 2)], 1, 0.5), [new MapLabel("red", "a")]),
        [nameof(Charts.MetricAtK)] = () => Charts.MetricAtK(Study, MetricValue.Recall),
        [nameof(Charts.NewTokenMass)] = () => Charts.NewTokenMass("Mass", [new InitialisationReport(
            "mean", new NewRowsReport(new NormQuantiles(1, 2, 3), new NormQuantiles(1, 2, 3), Sample.Geometry(0.5)), null, new VocabularyShift(200, 0.5, 1))]),
        [nameof(Charts.PrefixCheck)] = () => Charts.PrefixCheck("Prefixes", [new PrefixCurve("RQ-VAE", [new PrefixSimilarity(0, 10, 0.1)])]),
        [nameof(Charts.EffectiveRankOverTraining)] = () => Charts.EffectiveRankOverTraining(
            "Ranks", [new GeometryLine("gti", [new GeometryPoint(0, "start", Sample.Geometry(0.5))])], Centring.Centred),
        [nameof(Charts.RqVaeHistory)] = () => Charts.RqVaeHistory("RQ-VAE", [new RqVaeEpoch(10, 0.9, 0.5, [3, 2], [10, 20], 0.25, 2, 1)]),
        [nameof(Charts.Rsa)] = () => Charts.Rsa(
            "RSA", [new NamedRsa("gti", [.. Enumerable.Range(0, 2).Select(level => new RsaTest(level, 8, 8, new PermutedCorrelation(0.5, -0.1, 0.2, 0.01), null))])], RsaStatistic.Pearson),
        [nameof(Charts.Spectra)] = () => Charts.Spectra(Records, GeometryMoment.AtStart, Centring.Raw),
        [nameof(Charts.LossPerTask)] = () => Charts.LossPerTask("Tasks", [new TaskLossPoint(0, "start", [new TaskLoss("TitleToId", 4, 40)])]),
    };

    public static TheoryData<string> Names =>
        [.. typeof(Charts).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(ChartView)).Select(method => method.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_axis_and_scale_of_colours_has_a_title(string name)
    {
        Assert.True(Samples.ContainsKey(name), $"Charts.{name} needs a sample here.");
        var layout = Samples[name]().Layout().AsObject();
        Assert.NotEmpty(TitleOf(layout));
        Assert.Contains("xaxis", layout);
        Assert.Contains("yaxis", layout);
        foreach (var (axis, value) in layout.Where(entry => entry.Key.StartsWith("xaxis", StringComparison.Ordinal) || entry.Key is "yaxis"))
            Assert.False(string.IsNullOrWhiteSpace(TitleOf(value!)), $"{axis} has no title");
        // A panel further right may leave the title to the first one where both have one scale; heat maps have their rows.
        foreach (var (axis, value) in layout.Where(entry => entry.Key.StartsWith("yaxis", StringComparison.Ordinal) && TitleOf(entry.Value!).Length == 0))
            Assert.True(name is nameof(Charts.CosineHeatMaps) or nameof(Charts.LossByStage) || value!["range"]!.ToJsonString() == layout["yaxis"]!["range"]!.ToJsonString(), axis);
        if (layout.ContainsKey("coloraxis")) Assert.Equal("cosine", TitleOf(layout["coloraxis"]!["colorbar"]!));
    }

    private static string TitleOf(System.Text.Json.Nodes.JsonNode owner) => (string?)owner["title"]?["text"] ?? "";
}
