using System.Diagnostics;
using GtiNotebooks.Data;
using GtiNotebooks.Studies;
using GtiNotebooks.Tests.Studies;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>A process of its own that grounds, fine-tunes and evaluates in a loop, and says after every round how much memory is resident.</summary>
internal static class ResidentMemory
{
    public const string Verb = "resident-memory";

    // Full fine-tuning and adapters in turn, each with the search for a learning rate.
    private static readonly string[] Methods = ["gti", "gti-lora"];

    /// <summary>Makes rounds until there are so many and so much time has passed.</summary>
    public static void Run(int rounds, TimeSpan atLeast)
    {
        using var tiny = new TinyStudy();
        var options = TinyStudy.Options with { FineTuningLearningRates = [1e-2, 1e-3] };
        var runner = new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, options);
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < rounds || clock.Elapsed < atLeast; round++)
        {
            runner.Run(StudyMethod.Find(Methods[round % Methods.Length]), seed: round);
            // What nothing refers to any more is no growth: the collector has its own time for it, which differs from run to run.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Console.WriteLine(Environment.WorkingSet);
        }
    }
}
