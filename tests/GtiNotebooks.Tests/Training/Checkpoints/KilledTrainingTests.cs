using System.Diagnostics;
using System.Globalization;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Training;

public class KilledTrainingTests
{
    [Fact]
    public void ATrainingKilledTenTimesEndsBitIdenticalToOneThatWasNot()
    {
        var (killed, whole) = (TinyTraining.NewFolder(), TinyTraining.NewFolder());
        try
        {
            var random = new Random(20);
            var moments = Enumerable.Range(0, 10).Select(i => 5 + 10 * i + random.Next(10)).ToArray();
            foreach (var step in moments)
                Assert.True(RunAndKill(killed, step), $"it ended before it was killed at step {step}");
            Assert.False(File.Exists(KilledTraining.ResultFile(killed)));
            Assert.False(RunAndKill(killed, int.MaxValue));
            Assert.False(RunAndKill(whole, int.MaxValue));

            Assert.Equal(File.ReadAllLines(KilledTraining.ResultFile(whole)), File.ReadAllLines(KilledTraining.ResultFile(killed)));
            Assert.Equal(Reports(whole), Reports(killed));
            Assert.Empty(Directory.EnumerateFiles(killed, "*.tmp"));
        }
        finally
        {
            Directory.Delete(killed, recursive: true);
            Directory.Delete(whole, recursive: true);
        }
    }

    private static IEnumerable<(int Step, double Loss, double Rate, double? Score)> Reports(string folder) =>
        ProgressLog.Read(new CheckpointPlan(folder).ProgressFile).Select(p => (p.Step, p.Loss, p.LearningRate, p.ValidationScore));

    /// <summary>Starts the training in a process, and kills it (SIGKILL) as soon as it says that a step is done.</summary>
    /// <returns>Whether it was killed; false when it ended by itself.</returns>
    private static bool RunAndKill(string folder, int step)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KilledTraining).Assembly.Location, KilledTraining.Verb, folder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (int.Parse(line, CultureInfo.InvariantCulture) < step)
                continue;
            process.Kill();
            process.WaitForExit();
            return process.ExitCode != 0;
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        return false;
    }
}
