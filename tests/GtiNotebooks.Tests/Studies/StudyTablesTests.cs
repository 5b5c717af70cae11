using System.Globalization;
using System.Runtime.CompilerServices;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Tests.Studies;

/// <summary>The files under Expected/ were checked once, number by number, against an independent computation.</summary>
public sealed class StudyTablesTests : IDisposable
{
    private static readonly StudySummary Summary = StudySummary.From(
    [
        Sample.Record("mean", 1, 1, 0, 0, 30), Sample.Record("mean", 2, 1, 3, 0, 0),
        Sample.Record("gti", 1, 1, 3, 0, 30), Sample.Record("gti", 2, 1, 3, 0, 0),
        Sample.Record("random", 1, 1, 1, 1, 1),
    ], ["mean", "gti", "random"]);

    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    // A culture with a decimal comma: tables must not care.
    public StudyTablesTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

    public void Dispose() => CultureInfo.CurrentCulture = _culture;

    [Fact]
    public void TheMainTable() => Assert.Equal(Expected("study.md"), StudyTables.Markdown(Summary));

    [Fact]
    public void TheFullTable() => Assert.Equal(Expected("study-full.md"), StudyTables.FullMarkdown(Summary));

    [Fact]
    public void TheCsv() => Assert.Equal(Expected("study.csv"), StudyTables.Csv(Summary));

    [Fact]
    public void EveryCsvRowHasAsManyCellsAsTheHeader()
    {
        var rows = StudyTables.Csv(Summary).TrimEnd('\n').Split('\n').Select(row => row.Split(',').Length).ToArray();
        Assert.Equal(4, rows.Length);
        Assert.Single(rows.Distinct());
    }

    [Fact]
    public void ACellWithACommaIsQuoted() =>
        Assert.Contains("\n\"a, \"\"b\"\"\",mean,", StudyTables.Csv(StudySummary.From([Sample.Record("mean", 1, 1) with { DatasetName = "a, \"b\"" }])));

    [Fact]
    public void WithoutAnyCutoffWithinTheBeamTheTablesStillStand()
    {
        var record = Sample.Record("mean", 1, 1, 2) with { Options = new StudyOptions { BeamWidth = 3 }, Metrics = [] };
        var summary = StudySummary.From([record]);
        Assert.DoesNotContain("@", StudyTables.Markdown(summary));
        Assert.Contains("mean | 1 |", StudyTables.FullMarkdown(summary));
    }

    [Fact]
    public void ATableTellsWhichRecordsAreOfAnotherLibTorch()
    {
        static StudyRecord Made(string method, string library, string version) =>
            Sample.Record(method, 1, 1) with { Versions = new Dictionary<string, string> { [library] = version } };
        string[] now = ["LibTorch", GtiNotebooks.Torch.LibTorch.PackageVersion()], old = ["TorchSharp", "0.107.0 (offline stand-in)"];

        var mixed = StudyTables.Markdown(StudySummary.From(
            [Made("mean", now[0], now[1]), Made("gti", old[0], old[1]), Made("random", "LibTorch", "2.6.0"), Made("mean-noise", "TorchSharp", "0.107.0")]));
        var other = StudyTables.Markdown(StudySummary.From([Made("mean", old[0], old[1])]));

        Assert.EndsWith(
            $" rows). Made on LibTorch 1.13 and not yet rerun on LibTorch {now[1]}: gti 1. Made on a LibTorch that they do not name and not yet rerun on LibTorch {now[1]}: mean-noise 1."
            + $" Made on LibTorch 2.6.0 and not yet rerun on LibTorch {now[1]}: random 1.\n", mixed);
        Assert.EndsWith($" rows). Made on LibTorch 1.13 and not yet rerun on LibTorch {now[1]}: all records.\n", other);
    }

    private static string Expected(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Expected", name));
}
