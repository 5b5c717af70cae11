using System.Text.Json;

namespace GtiNotebooks.Bench.Tests.Growth;

/// <summary>The measurement of growth; no test looks at times.</summary>
public sealed class GrowthTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gti-bench-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void EachSeriesHasItsExponents()
    {
        var series = new GrowthSeries("a step", "items", [new(1, 1, 1), new(2, 1, 1), new(4, 1, 8)]);

        Assert.Equal(0, series.Exponent, 1e-12);
        Assert.Equal(1.5, series.CpuExponent, 1e-12); // in base 2 the means are 1 and 1: (-1)(-1) + 0 (-1) + 1 * 2 = 3, over 2
        Assert.Equal(3, series.LastCpuExponent, 1e-12);
    }

    [Fact]
    public void TableAndRecordKeepEveryPoint()
    {
        var record = new GrowthRecord(
            new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "machine", "versions", 0.5, "quiet", 3, [new GrowthSeries("a step", "items", [new(1_000, 0.2, 0.1), new(4_000, 0.4, 0.4)])]);

        Assert.Contains("| a step | items | 1,000: 100, 4,000: 400 | 1.00 | 1.00 | 0.50 |", record.Markdown());
        var path = record.Save(folder);
        Assert.Equal("growth-2026-01-02-030405.json", Path.GetFileName(path));
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var series = json.RootElement.GetProperty("series")[0];
        Assert.Equal(0.4, series.GetProperty("points")[1].GetProperty("cpu_seconds").GetDouble());
        Assert.Equal(1, series.GetProperty("cpu_exponent").GetDouble(), 1e-12);
    }

    [Fact]
    public void SizesArePutToWork()
    {
        var sizes = new GrowthSizes(Items: 64, Codes: 32, History: 3);
        var prompts = new GrowthPrompts(sizes);

        Assert.Equal(64, prompts.Ids.Length);
        Assert.All(prompts.Ids, id => Assert.All(id, token => Assert.InRange(token, Shapes.TextTokens, Shapes.TextTokens + sizes.NewTokens - 1)));
        Assert.Equal(Shapes.GroundingTemplate + 3 * Shapes.Levels, prompts.Query(0).Length);
        Assert.NotEqual(prompts.Query(0), prompts.Query(1));
        var batch = prompts.Grounding(0);
        Assert.Equal([4, 48], batch.Select(prompt => prompt.Ids.Length - prompt.AnswerStart).Distinct());
        Assert.Equal(2, GrowthCosts.GroundingSteps(sizes, 1).Losses.Count);
        Assert.Equal(1, GrowthCosts.Evaluations(sizes, 1).Count);
    }
}
