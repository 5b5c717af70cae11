using System.Globalization;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

/// <summary>A training in a process of its own, which a test kills and starts again.</summary>
internal static class KilledTraining
{
    public const string Verb = "killed-training";

    private const int Steps = 120;

    private static readonly TrainingOptions Options = TinyTraining.Options with { Steps = Steps };

    public static string ResultFile(string folder) => Path.Combine(folder, "result.txt");

    /// <summary>Goes on where the last process in the folder was killed; says each step, and writes what it ends with.</summary>
    public static void Run(string folder)
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        using var generator = new Generator(5);
        var noise = 0.0;
        var plan = new CheckpointPlan(folder, EverySteps: 3) { Generators = new Dictionary<string, Generator> { ["noise"] = generator } };
        var result = TinyTraining.Run(model, plan, options: Options, validation: TinyTraining.Validation(), report: p =>
        {
            using var drawn = rand(1, generator: generator); // as dropout would
            noise = drawn.ToSingle();
            Console.WriteLine(p.Step);
            Thread.Sleep(2); // the killer must have time to hear of it
        });
        string[] lines =
        [
            .. result.Losses.Select(loss => loss.ToString("R", CultureInfo.InvariantCulture)), .. result.Validations.Select(v => v.ToString()),
            .. TinyTraining.Bits(model), noise.ToString("R", CultureInfo.InvariantCulture),
        ];
        File.WriteAllLines(ResultFile(folder), lines);
    }
}
