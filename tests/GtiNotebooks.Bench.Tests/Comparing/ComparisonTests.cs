using System.Text.Json;

namespace GtiNotebooks.Bench.Tests.Comparing;

/// <summary>What a comparison makes of measurements.</summary>
public sealed class ComparisonTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gti-bench-").FullName;

    private static readonly Measurement Ours = new("sft", "examples/s", 8, 2, 1)
    {
        LossFirst = 9, LossLast = 8, PeakMemoryBytes = 300_000_000, NeededOperationsPerSecond = 40, GemmOperationsPerSecond = 100, Versions = "ours",
    };

    private static readonly Measurement Theirs = new("sft", "examples/s", 4, 4, 4)
    {
        LossFirst = 9, LossLast = 8, PeakMemoryBytes = 600_000_000, Versions = "theirs",
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void SpeedMemoryAndShareAreRatiosOfEachRound()
    {
        var task = new TaskComparison("sft", [new Round(Ours, Theirs), new Round(Ours with { Rate = 12 }, Theirs), new Round(Ours with { Rate = 6 }, Theirs)]);

        Assert.Equal(new PairedRatio(2, 1.5, 3), task.Speed);
        Assert.Equal(new PairedRatio(4, 3, 6), task.CpuSpeed); // 16 examples in a second of processor time against 16 in four
        Assert.Equal(0.5, task.Memory.Median);
        Assert.Empty(task.Differences());
        Assert.Contains(
            "| sft | 8.00 examples/s | 4.00 examples/s | 2.00 (1.50 to 3.00) | 4.00 (3.00 to 6.00) | 300 / 600 MB = 0.50 | 40 % |",
            ComparisonTable.Markdown([task]));
    }

    [Fact]
    public void WorkThatIsNotTheSameIsFound()
    {
        IReadOnlyList<string> Of(Measurement ours, Measurement theirs) => new TaskComparison("sft", [new Round(Ours, Theirs), new Round(ours, theirs)]).Differences();

        Assert.Empty(Of(Ours with { LossFirst = 9.0008, LossLast = 8.07 }, Theirs));
        Assert.Equal(["sft, round 2: the first loss is 9.001 here and 9 in PyTorch"], Of(Ours with { LossFirst = 9.001 }, Theirs));
        Assert.Equal(["sft, round 2: the last loss is 8.09 here and 8 in PyTorch"], Of(Ours with { LossLast = 8.09 }, Theirs));
        Assert.Single(Of(Ours with { LossLast = double.NaN }, Theirs));
        Assert.Single(Of(Ours with { LossLast = null }, Theirs));
        Assert.Single(Of(Ours, Theirs with { BestScoreMean = -3 }));
        Assert.Empty(Of(Ours with { BestScoreMean = -3.0009 }, Theirs with { BestScoreMean = -3 }));
        Assert.Equal(
            ["sft, round 2: the mean score of the best ID is -3.002 here and -3 in PyTorch"],
            Of(Ours with { BestScoreMean = -3.002 }, Theirs with { BestScoreMean = -3 }));
    }

    [Fact]
    public void ARecordKeepsEveryRound()
    {
        var record = new ComparisonRecord(
            new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "machine", 0.5, "quiet", [new TaskComparison("sft", [new Round(Ours, Theirs)])]);

        var path = record.Save(folder);

        Assert.Equal("2026-01-02-030405.json", Path.GetFileName(path));
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var task = json.RootElement.GetProperty("tasks")[0];
        Assert.Equal(2, task.GetProperty("speed").GetProperty("median").GetDouble());
        Assert.Equal(600_000_000, task.GetProperty("rounds")[0].GetProperty("theirs").GetProperty("peak_memory_bytes").GetInt64());
        Assert.Equal("quiet", json.RootElement.GetProperty("note").GetString());
    }

    [Fact]
    public void AnInterpreterWithoutPyTorchIsNamed()
    {
        var problem = Assert.Throws<InvalidOperationException>(() => Side.RequirePyTorch(Path.Combine(folder, "no-python")));

        Assert.Contains("no-python' has no PyTorch to compare with: install Debian's python3-torch", problem.Message);
    }

    [Fact]
    public void AProgramThatFailsSaysWhy()
    {
        if (!File.Exists("/bin/sh"))
        {
            GtiNotebooks.Testing.SharedFolder.Skip("there is no /bin/sh");
            return;
        }

        var broken = new Side("PyTorch", "/bin/sh", ["-c", "echo out of memory >&2; exit 3"]);
        var chatty = new Side("PyTorch", "/bin/sh", ["-c", "echo hello"]);
        var good = new Side("PyTorch", "/bin/sh", ["-c", $"echo '{Theirs.ToJson()}'"]);

        Assert.Equal("PyTorch failed at sft (exit code 3): out of memory", Assert.Throws<InvalidOperationException>(() => broken.Measure("sft", 2)).Message);
        Assert.Contains("one line of JSON; got 'hello'", Assert.Throws<InvalidDataException>(() => chatty.Measure("sft", 2)).Message);
        Assert.Equal(Theirs, good.Measure("sft", 2));
    }
}
