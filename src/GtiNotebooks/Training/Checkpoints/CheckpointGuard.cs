using GtiNotebooks.Data;
using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>Refuses a checkpoint of another run, and says what differs.</summary>
internal static class CheckpointGuard
{
    private static readonly string[] MayDifferInBranch =
        [nameof(TrainingOptions.Steps), nameof(TrainingOptions.Schedule), nameof(TrainingOptions.FinalRateShare)];

    /// <summary>For the run's own checkpoint: everything must agree.</summary>
    /// <exception cref="InvalidDataException">Something differs.</exception>
    public static void RequireOwn(SafeTensorsFile file, CheckpointNotes notes, RunIdentity mine, TrainingRun run, CheckpointPlan plan)
    {
        var differences = SettingDifferences(notes, mine, []).Concat(ModelDifferences(notes, mine));
        if (notes.Run.Stage != mine.Stage)
            differences = differences.Prepend($"the stage is '{notes.Run.Stage}' there and '{mine.Stage}' here");
        // A branch takes its trained weights from the trunk, whatever the model holds.
        if (plan.StartFile is null)
            differences = differences.Concat(StartDifferences(file, notes, mine, run.Model));
        Refuse(file.Path, differences.Concat(DataDifferences(notes, mine, run)).Concat(GeneratorDifferences(notes, plan)));
    }

    /// <summary>For another run's checkpoint to begin with: this run's options must have led there as well.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    public static void RequireTrunk(
        SafeTensorsFile file, CheckpointNotes notes, IReadOnlyList<double> rates, RunIdentity mine, TrainingRun run, CheckpointPlan plan)
    {
        var differences = SettingDifferences(notes, mine, MayDifferInBranch).Concat(ModelDifferences(notes, mine));
        if (notes.Step > run.Options.Steps)
            differences = differences.Append($"it has {notes.Step} steps, more than the {run.Options.Steps} of this run");
        var step = Enumerable.Range(0, notes.Step).FirstOrDefault(i => rates[i] != run.Options.RateAt(i), -1);
        if (step >= 0)
            differences = differences.Append($"the rate of step {step + 1} is {rates[step]} there and {run.Options.RateAt(step)} here");
        Refuse(file.Path, differences.Concat(DataDifferences(notes, mine, run)).Concat(GeneratorDifferences(notes, plan)));
    }

    private static void Refuse(string path, IEnumerable<string> differences)
    {
        const int shown = 5;
        var all = differences.ToArray();
        if (all.Length == 0)
            return;
        var more = all.Length > shown ? $"; and {all.Length - shown} more" : "";
        throw FileProblem.In(
            path, $"the checkpoint of another run: {string.Join("; ", all.Take(shown))}{more}. Give this run another folder, or remove this one to begin anew.");
    }

    private static IEnumerable<string> SettingDifferences(CheckpointNotes notes, RunIdentity mine, string[] except) =>
        mine.Settings.Keys.Union(notes.Run.Settings.Keys).Except(except).Order(StringComparer.Ordinal)
            .Select(name => (name, There: notes.Run.Settings.GetValueOrDefault(name, "unknown"), Here: mine.Settings.GetValueOrDefault(name, "unknown")))
            .Where(setting => setting.There != setting.Here)
            .Select(setting => $"{setting.name} is {setting.There} there and {setting.Here} here");

    private static IEnumerable<string> ModelDifferences(CheckpointNotes notes, RunIdentity mine)
    {
        foreach (var name in notes.Run.Parameters.Keys.Except(mine.Parameters.Keys).Order(StringComparer.Ordinal))
            yield return $"parameter {name} is there only";
        foreach (var (name, here) in mine.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (!notes.Run.Parameters.TryGetValue(name, out var there))
                yield return $"parameter {name} is here only";
            else if (there.Kind != here.Kind)
                yield return $"parameter {name} is {there.Kind} there and {here.Kind} here";
            else if (!notes.OptimizerSteps.ContainsKey(name) && there.Hash != here.Hash)
                yield return $"the frozen parameter {name} has other values";
        }
    }

    /// <summary>A trained parameter may be as it was at the start, as the checkpoint has it (a cancelled run goes on), or at its best (a finished one).</summary>
    private static IEnumerable<string> StartDifferences(SafeTensorsFile file, CheckpointNotes notes, RunIdentity mine, CausalLM model)
    {
        foreach (var (name, parameter) in model.named_parameters().Where(p => p.parameter.requires_grad))
        {
            if (!notes.Run.Parameters.TryGetValue(name, out var there) || there.Kind != mine.Parameters[name].Kind)
                continue; // said already
            var hash = mine.Parameters[name].Hash;
            if (there.Hash != hash && !new[] { WeightOptimizer.WeightName(name), CheckpointFile.BestName(name) }.Any(saved => Holds(file, saved, parameter, hash)))
                yield return $"the trained parameter {name} has neither the values it began with there nor those it got to";
        }
    }

    private static bool Holds(SafeTensorsFile file, string saved, Tensor parameter, string hash)
    {
        if (file.Find(saved) is not { } info || !info.Shape.SequenceEqual(parameter.shape))
            return false;
        using var scope = NewDisposeScope();
        var values = empty(parameter.shape, parameter.dtype);
        file.CopyTo(saved, values);
        return TrainingHash.Of(values) == hash;
    }

    private static IEnumerable<string> DataDifferences(CheckpointNotes notes, RunIdentity mine, TrainingRun run)
    {
        if (notes.Run.FirstBatch != mine.FirstBatch)
            yield return "the first step has other examples";
        else if (notes.LastBatch != TrainingHash.Of(run.Examples.Batch(notes.Step - 1, run.Options.BatchSize)))
            yield return $"step {notes.Step} has other examples";
    }

    private static IEnumerable<string> GeneratorDifferences(CheckpointNotes notes, CheckpointPlan plan)
    {
        if (!notes.Generators.Keys.Order(StringComparer.Ordinal).SequenceEqual(plan.Generators.Keys.Order(StringComparer.Ordinal)))
            yield return $"the generators are [{string.Join(", ", notes.Generators.Keys)}] there and [{string.Join(", ", plan.Generators.Keys)}] here";
    }
}
