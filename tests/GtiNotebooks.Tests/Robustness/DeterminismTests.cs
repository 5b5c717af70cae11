using System.Diagnostics;
using System.Globalization;
using GtiNotebooks.Testing;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>Runs alone: the number of threads is one for the whole process.</summary>
[CollectionDefinition(nameof(DeterminismTests), DisableParallelization = true)]
[Collection(nameof(DeterminismTests))]
public class DeterminismTests
{
    private const double BetweenThreadCounts = 1e-4; // relative; float32 sums in another order, six steps long

    [Fact]
    public void TheSameSeedAndThreadsGiveTheSameBits()
    {
        var (one, two, other) = (ThreadedRun.Make(5), ThreadedRun.Make(5), ThreadedRun.Make(6));
        Assert.Equal(one.Losses, two.Losses);
        Assert.Equal(one.Scores, two.Scores);
        Assert.Equal(one.Items, two.Items);
        Assert.Equal(one.Weights, two.Weights);
        Assert.NotEqual(one.Weights, other.Weights);
    }

    [Fact]
    public void AnotherProcessGivesTheSameBits()
    {
        var here = ThreadedRun.Make(5);
        var there = InAProcess(get_num_threads());
        Assert.Equal(get_num_threads(), there.Threads);
        Assert.Equal(here.Losses, there.Losses);
        Assert.Equal(here.Scores, there.Scores);
        Assert.Equal(here.Weights, there.Weights);
    }

    [Fact]
    public void AnotherNumberOfThreadsGivesTheSameMetricsToATolerance()
    {
        if (Environment.ProcessorCount < 2)
        {
            SharedFolder.Skip("one processor");
            return;
        }

        var here = ThreadedRun.Make(5);
        var there = InAProcess(get_num_threads() == 1 ? 2 : 1);
        Assert.NotEqual(get_num_threads(), there.Threads);
        foreach (var (a, b) in here.Losses.Zip(there.Losses).Concat(here.Scores.Zip(there.Scores)))
            Assert.Equal(1, b / a, BetweenThreadCounts);
        Assert.Equal(here.Items.Order(), there.Items.Order());
    }

    private static (int Threads, double[] Losses, double[] Scores, int[] Items, string Weights) InAProcess(int threads)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ThreadedRun).Assembly.Location, ThreadedRun.Verb, "5"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        double[] Numbers(string line) => [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return (int.Parse(lines[0], CultureInfo.InvariantCulture), Numbers(lines[1]), Numbers(lines[2]), [.. lines[3].Split(' ').Select(item => int.Parse(item, CultureInfo.InvariantCulture))], lines[4]);
    }
}
