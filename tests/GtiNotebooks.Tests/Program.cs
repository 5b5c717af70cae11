using GtiNotebooks.Tests.Training;

namespace GtiNotebooks.Tests;

/// <summary>Tests run in the test host; this is what the assembly does when a test starts it as a process.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not [KilledTraining.Verb, var folder])
        {
            Console.Error.WriteLine($"usage: dotnet GtiNotebooks.Tests.dll {KilledTraining.Verb} FOLDER (started by a test)");
            return 2;
        }

        KilledTraining.Run(folder);
        return 0;
    }
}
