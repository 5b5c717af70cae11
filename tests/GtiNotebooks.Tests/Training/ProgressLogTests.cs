using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Training;

public sealed class ProgressLogTests : IDisposable
{
    private readonly string folder = TinyTraining.NewFolder();

    private string Path => System.IO.Path.Combine(folder, "run", "progress.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void WhatIsReportedIsReadAgain()
    {
        var reports = new[] { Report(1), Report(2) with { ValidationScore = 0.1 + 0.2 }, Report(3) with { Stage = "ä \"b\"\n", Loss = 1.0 / 3 } };
        using (var log = new ProgressLog(Path))
        {
            foreach (var report in reports)
                log.Report(report);
            Assert.Equal(reports, ProgressLog.Read(Path)); // while it is open
        }

        Assert.Equal(
            """{"stage":"tiny","step":1,"steps":9,"loss":1.5,"learningRate":0.001,"elapsedSeconds":2,"remainingSeconds":16}""", File.ReadLines(Path).First());
        Assert.Equal(3, File.ReadLines(Path).Count());
    }

    [Theory]
    [InlineData("{\"stage\":\"tiny\",\"st")]
    [InlineData("x")]
    public void ATornLastLineIsNotReadAndNotKept(string torn)
    {
        using (var log = new ProgressLog(Path))
            log.Report(Report(1));
        File.AppendAllText(Path, torn);

        Assert.Equal([Report(1)], ProgressLog.Read(Path));
        using (var log = new ProgressLog(Path))
            log.Report(Report(2));

        Assert.Equal([Report(1), Report(2)], ProgressLog.Read(Path));
        Assert.Equal(2, File.ReadLines(Path).Count());
    }

    [Fact]
    public void NothingButATornLineIsAnEmptyLog()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, "{\"stage");

        Assert.Empty(ProgressLog.Read(Path));
        new ProgressLog(Path).Dispose();

        Assert.Equal(0, new FileInfo(Path).Length);
    }

    [Fact]
    public void StepsThatComeAgainReplaceTheEarlierOnes()
    {
        using (var log = new ProgressLog(Path))
        {
            foreach (var report in new[] { Report(8) with { Stage = "before" }, Report(1), Report(2), Report(3), Report(2) with { Loss = 7 } })
                log.Report(report);
        }

        Assert.Equal([("before", 8, 1.5), ("tiny", 1, 1.5), ("tiny", 2, 7)], ProgressLog.Read(Path).Select(p => (p.Stage, p.Step, p.Loss)));
    }

    [Fact]
    public void ABadLineInTheMiddleIsNamed()
    {
        using (var log = new ProgressLog(Path))
            log.Report(Report(1));
        File.AppendAllText(Path, "{\"stage\":\"tiny\"}\n");

        Assert.Contains("progress.jsonl, line 2", Assert.Throws<InvalidDataException>(() => ProgressLog.Read(Path)).Message);
        Assert.Throws<FileNotFoundException>(() => ProgressLog.Read(Path + "x"));
    }

    private static TrainingProgress Report(int step) => new("tiny", step, 9, 1.5, 1e-3, TimeSpan.FromSeconds(2 * step), TimeSpan.FromSeconds(18 - 2 * step));
}
