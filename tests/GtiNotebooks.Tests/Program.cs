using System.Globalization;
using GtiNotebooks.Tests.Robustness;
using GtiNotebooks.Tests.Training;

namespace GtiNotebooks.Tests;

/// <summary>Tests run in the test host; this is what the assembly does when a test starts it as a process.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case [KilledTraining.Verb, var folder]:
                KilledTraining.Run(folder);
                return 0;
            case [KilledSaving.Verb, var folder]:
                KilledSaving.Run(folder);
                return 0;
            case [ThreadedRun.Verb, var seed]:
                ThreadedRun.Print(int.Parse(seed, CultureInfo.InvariantCulture));
                return 0;
            case [CollectedRun.Verb, var rounds]:
                CollectedRun.Print(int.Parse(rounds, CultureInfo.InvariantCulture));
                return 0;
            case [ResidentMemory.Verb, var rounds, var seconds]:
                ResidentMemory.Run(int.Parse(rounds, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
                return 0;
            default:
                Console.Error.WriteLine($"usage: dotnet GtiNotebooks.Tests.dll {KilledTraining.Verb}|{KilledSaving.Verb} FOLDER, {ThreadedRun.Verb} SEED, {CollectedRun.Verb} ROUNDS or {ResidentMemory.Verb} ROUNDS SECONDS (started by a test)");
                return 2;
        }
    }
}
