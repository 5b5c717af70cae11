using System.Diagnostics;
using System.Globalization;
using GtiNotebooks.Studies;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Studies;

namespace GtiNotebooks.Host.Tests.Verbs;

/// <summary>The program itself at work on a study, killed (SIGKILL) at random moments and started again.</summary>
public sealed class KilledStudyTests(TinyStudy tiny) : IClassFixture<TinyStudy>
{
    private string Folder(string name) => Path.Combine(tiny.Records, name);

    [Fact]
    public void A_killed_study_goes_on_and_ends_as_one_that_was_not()
    {
        var clock = Stopwatch.StartNew();
        Assert.False(RunAndKill(Folder("whole"), TimeSpan.MaxValue, out var started));
        var length = clock.Elapsed - started;
        var whole = StudyRecord.LoadFolder(Folder("whole")).ToDictionary(record => record.FileName);
        Assert.Equal(3, whole.Count);

        var random = new Random(31);
        var (kills, study) = (0, 0);
        while (kills < LongRun.Times(2, 50))
        {
            var folder = Folder(string.Create(CultureInfo.InvariantCulture, $"killed-{study}"));
            if (RunAndKill(folder, random.NextDouble() * length, out _))
                kills++;
            else
                study++; // it was quicker; the next begins anew
            RequireSame(whole, folder);
        }

        var last = Folder(string.Create(CultureInfo.InvariantCulture, $"killed-{study}"));
        Assert.False(RunAndKill(last, TimeSpan.MaxValue, out _));
        Assert.Equal(whole.Count, RequireSame(whole, last));
        Assert.Empty(Directory.GetDirectories(Path.Combine(last, "unfinished")));
        LongRun.Count("kills survived: studies", kills);
    }

    /// <summary>All records of the folder load, and have the numbers of the study that was not killed.</summary>
    private static int RequireSame(Dictionary<string, StudyRecord> whole, string folder)
    {
        var records = Directory.Exists(folder) ? StudyRecord.LoadFolder(folder) : [];
        foreach (var record in records)
        {
            Assert.Empty(StudyRepeat.Compare(whole[record.FileName], record).Differences);
            Assert.Equal(whole[record.FileName].Costs.Select(cost => (cost.Stage, cost.Steps)), record.Costs.Select(cost => (cost.Stage, cost.Steps)));
        }

        return records.Count;
    }

    /// <summary>Starts the study, and kills it so long after it has said its first word.</summary>
    /// <returns>Whether it was killed; false when it ended by itself.</returns>
    private bool RunAndKill(string folder, TimeSpan after, out TimeSpan started)
    {
        // In the long run a stage is longer than the pause between two checkpoints.
        var steps = LongRun.Times(4, 104).ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            typeof(GtiProgram).Assembly.Location, "study", "--data", tiny.Data, "--model", tiny.Model, "--methods", "popularity,mean,gti", "--seeds", "1",
            "--grounding-steps", "4", "--sft-steps", steps, "--learning-rates", "0.001,0.01", "--beam-width", "20", "--out", folder,
        ];
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(ChildProcess.Dotnet, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var first = process.StandardOutput.ReadLine();
        started = clock.Elapsed;
        var rest = process.StandardOutput.ReadToEndAsync(); // a full pipe would hold it up
        var killed = after < TimeSpan.MaxValue && !process.WaitForExit(after);
        if (killed)
            process.Kill();
        process.WaitForExit();
        rest.GetAwaiter().GetResult();
        Assert.True(killed || process.ExitCode == 0, first + errors.GetAwaiter().GetResult());
        return killed && process.ExitCode != 0; // it may have ended just before
    }
}
