using System.Diagnostics;
using System.Globalization;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Robustness;

public class ResidentMemoryTests
{
    private static readonly int WarmUp = LongRun.Times(20, 100); // rounds; the JIT compiles what is hot, the heaps find their sizes
    private const int Window = 10; // rounds whose median counts: the allocators give pages back when it suits them
    private const double Growth = 1.05;
    private const long KeptOfARound = 4096; // bytes: of each module that is made, TorchSharp never frees 64

    /// <summary>Grounding, fine-tuning and evaluation in a loop: the last rounds have at most 5 % more resident memory than the first after the warm-up, and what TorchSharp keeps of modules.</summary>
    [Fact]
    public void ResidentMemoryStaysFlat()
    {
        var clock = Stopwatch.StartNew();
        var resident = Rounds(LongRun.Times(WarmUp + 2 * Window, 1000), TimeSpan.FromMinutes(LongRun.Times(0, 30)));

        var (warm, last) = (Median(resident.Skip(WarmUp).Take(Window)), Median(resident.TakeLast(Window)));
        Assert.True(last <= Growth * warm + KeptOfARound * resident.Count, $"{warm / 1e6:F1} MB after {WarmUp} rounds, {last / 1e6:F1} MB after {resident.Count}");
        LongRun.Count("rounds of grounding, fine-tuning and evaluation with resident memory watched", resident.Count);
        LongRun.Count("minutes of that", (long)clock.Elapsed.TotalMinutes);
    }

    private static long Median(IEnumerable<long> values) => values.Order().ElementAt(Window / 2);

    private static List<long> Rounds(int rounds, TimeSpan atLeast)
    {
        string[] arguments =
            [typeof(ResidentMemory).Assembly.Location, ResidentMemory.Verb, rounds.ToString(CultureInfo.InvariantCulture), ((int)atLeast.TotalSeconds).ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var resident = new List<long>();
        while (process.StandardOutput.ReadLine() is { } line)
            resident.Add(long.Parse(line, CultureInfo.InvariantCulture));
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        return resident;
    }
}
