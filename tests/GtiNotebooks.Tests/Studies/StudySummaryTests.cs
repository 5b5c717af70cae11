using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Tests.Studies;

public sealed class StudySummaryTests
{
    // Recall@5 by seed: mean .25, .50; gti .50, 1.00; gti's third seed has no partner.
    private static readonly StudyRecord[] Records =
    [
        Sample.Record("gti", 2, 1, 2, 3, 4), Sample.Record("mean", 1, 1, 0, 0, 30), Sample.Record("gti", 1, 1, 5, 0, 30),
        Sample.Record("gti", 3, 0, 0, 0, 0), Sample.Record("mean", 2, 1, 3, 0, 0), Sample.Record("anything", 5, 1, 1, 1, 1),
    ];

    [Fact]
    public void MeanComesFirstThenTheOthersByName()
    {
        var summary = StudySummary.From(Records);
        Assert.Equal(["mean", "anything", "gti"], summary.Methods.Select(method => method.Method));
        Assert.Equal("mean", summary.Baseline);
        Assert.Equal([1, 2, 3], summary.Methods[2].Seeds);
        Assert.Equal(["gti", "mean"], StudySummary.From(Records, ["gti", "mean"]).Methods.Select(method => method.Method));
    }

    [Fact]
    public void TheBaselineNeedNotComeFirst()
    {
        var summary = StudySummary.From(Records, ["gti", "mean"], "mean");
        Assert.Equal(["gti", "mean"], summary.Methods.Select(method => method.Method));
        Assert.Equal(0.375, summary.Methods[0].Find("Recall", 5)!.Difference!.Mean, 12);
        Assert.Null(summary.Methods[1].Find("Recall", 5)!.Difference);
        Assert.Contains("'random'", Assert.Throws<ArgumentException>(() => StudySummary.From(Records, ["gti", "mean"], "random")).Message);
    }

    [Fact]
    public void AnAnchorStandsBesideAModelButTwoModelsDoNotHideBehindIt()
    {
        StudyRecord[] records = [Sample.Anchor("popularity", 1, 1, 0, 0, 30), Sample.Record("mean", 1, 1, 0, 0, 30)];
        var anchor = StudySummary.From(records, ["popularity", "mean"], "mean").Methods[0];
        Assert.Null(anchor.AtStart);
        Assert.Empty(anchor.StringMatch);
        Assert.Equal((1300.0, 0.5), (anchor.TrainingExamples, anchor.TrainingSeconds));
        var other = Sample.Record("gti", 1, 1, 0, 0, 30) with { Model = new StudyModel("tiny", "0") };
        Assert.Contains("differ in model", Assert.Throws<ArgumentException>(() => StudySummary.From([.. records, other])).Message);
    }

    [Fact]
    public void TheJsonHoldsWhatTheTablesShow()
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(StudySummaryJson.Write(StudySummary.From(Records, ["mean", "gti"])))!;
        Assert.Equal("toy", (string?)json["datasetName"]);
        Assert.Equal(0.375, (double)json["methods"]![0]!["metrics"]![0]!["value"]!["mean"]!);
        Assert.Equal(3, json["records"]!["gti"]!.AsArray().Count);
        var alone = System.Text.Json.Nodes.JsonNode.Parse(StudySummaryJson.Write(StudySummary.From([Sample.Record("mean", 1, 1)])))!;
        Assert.Null(alone["methods"]![0]!["metrics"]![0]!["value"]!["low"]); // one seed has no interval
    }

    [Fact]
    public void TheOrderOfTheRecordsDoesNotMatter() =>
        Assert.Equal(
            StudyTables.FullMarkdown(StudySummary.From(Records)) + StudyTables.Csv(StudySummary.From(Records)),
            StudyTables.FullMarkdown(StudySummary.From([.. Records.Reverse()])) + StudyTables.Csv(StudySummary.From([.. Records.Reverse()])));

    [Fact]
    public void DifferencesArePairedBySeed()
    {
        var gti = StudySummary.From(Records).Methods[2];
        var recall = gti.Find("Recall", 5)!;
        Assert.Equal(0.5, recall.Value.Mean, 12);            // (.5 + 1 + 0) / 3
        Assert.Equal(0.375, recall.Difference!.Mean, 12);    // (.25 + .50) / 2, over seeds 1 and 2
        Assert.Equal((2, 2), (recall.Difference.Count, recall.SeedsAhead));
        Assert.Equal(12.7062 * 0.125, recall.Difference.HalfWidth, 4);  // sd of .25 and .50 is .17678, over sqrt(2): .125
    }

    [Fact]
    public void TheFirstMethodAndOneWithoutCommonSeedsHaveNoDifference()
    {
        var summary = StudySummary.From(Records);
        Assert.Null(summary.Methods[0].Find("Recall", 5)!.Difference);
        Assert.Null(summary.Methods[1].Find("Recall", 5)!.Difference);
        Assert.Null(summary.Methods[0].Find("Recall", 7));
    }

    [Fact]
    public void GainIsThereForAnyCutoff()
    {
        var summary = StudySummary.From(Records);
        var gain = summary.GainOverK("gti", MetricValue.Recall, [5, 40]);
        Assert.Equal([5, 40], gain.Select(point => point.K));
        Assert.Equal(1, gain[0].Gain.Mean, 12);       // .375 more than .375
        Assert.Equal(0.75, gain[1].Gain.Mean, 12);    // mean .5, .5; gti .75, 1.0: .375 more than .5
        Assert.Throws<ArgumentOutOfRangeException>(() => summary.GainOverK("gti", MetricValue.Recall, [101]));
        Assert.Contains("no seed", Assert.Throws<ArgumentException>(() => summary.GainOverK("anything", MetricValue.Recall, [5])).Message);
        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => summary.GainOverK("x", MetricValue.Recall, [5])).Message);
    }

    [Fact]
    public void OneSeedHasABandOverUsers()
    {
        var summary = StudySummary.From([Sample.Record("mean", 1, 1, 0, 0, 30), Sample.Record("gti", 1, 1, 5, 0, 30)]);
        Assert.False(summary.GainOverK("gti", MetricValue.Recall, [5])[0].Gain.HasInterval);
        var gain = summary.GainOverKByUsers("gti", MetricValue.Recall, [5], seed: 3)[0].Gain;
        Assert.True(gain.HasInterval);
        Assert.Equal((1.0, 4), (gain.Mean, gain.Count));
        var difference = summary.DifferenceByUsers("gti", MetricValue.Recall, 5, seed: 3);
        Assert.Equal(0.25, difference.Mean, 12);
        Assert.Equal(difference.High / 0.25, gain.High, 12);
    }

    [Fact]
    public void ASmallBeamHasFewerCutoffs()
    {
        var record = Sample.Record("mean", 1, 1, 3, 0, 0);
        record = record with { Options = new StudyOptions { BeamWidth = 16 }, Metrics = [] };
        Assert.Equal([5, 10], StudySummary.From([record]).Cutoffs);
        Assert.DoesNotContain("@20", StudyTables.FullMarkdown(StudySummary.From([record])));
    }

    [Fact]
    public void AnAnchorStandsBesideAnySemanticIds()
    {
        var anchor = Sample.Record("popularity", 1, 1, 3, 0, 0) with { Model = null };
        var other = Sample.Record("mean", 1, 1, 0, 0, 30);
        other = other with { DataFiles = [.. Sample.Files, new("semantic-ids/semantic_ids.json", "0", 1)] };
        Assert.Equal(2, StudySummary.From([anchor, other]).Methods.Count);
    }

    public static TheoryData<string, Func<StudyRecord, StudyRecord>> Differences => new()
    {
        { "options.fineTuningSteps (400, 500)", record => record with { Options = new StudyOptions { FineTuningSteps = 500 } } },
        { "options.testRowLimit (null, 4)", record => record with { Options = new StudyOptions { TestRowLimit = 4 } } },
        { "datasetName", record => record with { DatasetName = "other" } },
        { "dataFiles: 'interactions.csv'", record => record with { DataFiles = [Sample.Files[0]] } },
        { "dataFiles: 'items.jsonl'", record => record with { DataFiles = [Sample.Files[0] with { Sha256 = "0" }, Sample.Files[1]] } },
        { "dataFiles: 'x.index.json'", record => record with { DataFiles = [.. Sample.Files, new("x.index.json", "0", 1)] } },
        { "model", record => record with { Model = new StudyModel("tiny", "0") } },
        { "testRows", record => Sample.Record("gti", 1, 1, 2, 3) },
        { "testUsers", record => record with { TestUsers = [3, 2, 1, 0] } },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void RecordsOfDifferentStudiesAreNotMixed(string field, Func<StudyRecord, StudyRecord> change)
    {
        var other = change(Sample.Record("gti", 1, 1, 5, 0, 30));
        var problem = Assert.Throws<ArgumentException>(() => StudySummary.From([Sample.Record("mean", 1, 1, 0, 0, 30), other]));
        Assert.Contains("differ in " + field, problem.Message);
    }

    [Fact]
    public void UnusableRecordsAreRefused()
    {
        var record = Sample.Record("mean", 1, 1, 0);
        Assert.Throws<ArgumentException>(() => StudySummary.From([]));
        Assert.Contains("2 records of method 'mean' with seed 1", Assert.Throws<ArgumentException>(() => StudySummary.From([record, record])).Message);
        Assert.Contains("'gti'", Assert.Throws<ArgumentException>(() => StudySummary.From([record], ["mean", "gti"])).Message);
        Assert.Throws<ArgumentException>(() => StudySummary.From([record], ["mean", "mean"]));
        var pairs = Assert.Throws<ArgumentException>(() => StudySummary.From([record, Sample.Record("mean", 2, 1, 0) with { TrainingPairs = 5 }]));
        Assert.Contains("trainingPairs", pairs.Message);
    }
}
