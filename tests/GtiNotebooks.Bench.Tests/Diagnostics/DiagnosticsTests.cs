using System.Text.Json;

namespace GtiNotebooks.Bench.Tests.Diagnostics;

/// <summary>The measurement of the diagnostics; no test looks at times.</summary>
public sealed class DiagnosticsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gti-bench-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void EveryDiagnosticRunsAndIsTold()
    {
        var output = new StringWriter();

        var stages = new DiagnosticsStudy(new DiagnosticsSizes(Levels: 2, Codes: 32, Width: 8, CodeWidth: 4), output).Run();

        Assert.Equal(8, stages.Select(stage => stage.Name).Distinct().Count());
        Assert.All(stages, stage => Assert.Equal(64, stage.Rows));
        Assert.All(stages, stage => Assert.Contains($"| {stage.Name} | 64 |", output.ToString()));
    }

    [Fact]
    public void TableAndRecordKeepEveryStageAndTheSum()
    {
        var record = new DiagnosticsRecord(
            new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "machine", "versions", 0.5, "quiet", DiagnosticsSizes.Industrial,
            [new("spectrum", 24_576, 1.5, 1), new("map", 2_048, 2, 2.25)], 2_000_000_000);

        Assert.Contains("| map | 2,048 | 2.0 | 2.3 |", record.Markdown());
        Assert.Contains("| **all** | 24,576 | 3.5 | 3.3 |", record.Markdown());
        Assert.Contains("2.0 GB", record.Markdown());
        var path = record.Save(folder);
        Assert.Equal("diagnostics-2026-01-02-030405.json", Path.GetFileName(path));
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Equal(24_576, json.RootElement.GetProperty("sizes").GetProperty("rows").GetInt32());
        Assert.Equal(2.25, json.RootElement.GetProperty("stages")[1].GetProperty("cpu_seconds").GetDouble());
    }
}
