using GtiNotebooks.Data;
using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>Writes a run to one file and reads it back.</summary>
internal static class CheckpointFile
{
    private const string Losses = "losses";
    private const string Rates = "rates";
    private const string Best = "best.";

    public static string BestName(string parameter) => Best + parameter;

    /// <summary>Puts the file in place in one step.</summary>
    public static void Save(string path, TrainingRun run, RunIdentity identity, CheckpointPlan plan)
    {
        using var scope = NewDisposeScope();
        var notes = new CheckpointNotes(
            CheckpointNotes.CurrentSchema, identity, run.StepsDone, run.Elapsed.TotalSeconds,
            TrainingHash.Of(run.Examples.Batch(run.StepsDone - 1, run.Options.BatchSize)),
            run.Weights.Counts(), run.Validations, plan.Generators.ToDictionary(g => g.Key, g => GeneratorStates.Save(g.Value)));
        var tensors = run.Weights.Tensors()
            .Concat(run.Best.Values.Select(best => (BestName(best.Name), best.Value)))
            .Append((Losses, tensor(run.Losses.ToArray())))
            .Append((Rates, tensor(run.Rates.ToArray())))
            .ToArray();
        AtomicFile.Write(path, stream => SafeTensors.Save(stream, tensors, [notes.ToNote()]));
    }

    /// <summary>Brings a run to where the one in the file stood, or throws and leaves it as it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">A run that has not taken a step.</param>
    /// <param name="plan">Has the generators.</param>
    /// <param name="check">Throws when the file does not fit; nothing has changed by then.</param>
    /// <returns>What the file says beside its tensors.</returns>
    /// <exception cref="InvalidDataException">The file is damaged; the message names the note or the tensor.</exception>
    public static CheckpointNotes Load(
        string path, TrainingRun run, CheckpointPlan plan, Action<SafeTensorsFile, CheckpointNotes, IReadOnlyList<double>> check)
    {
        using var file = SafeTensorsFile.Open(path);
        var notes = CheckpointNotes.Parse(path, file.Metadata);
        var (losses, rates) = (Numbers(file, Losses, notes.Step), Numbers(file, Rates, notes.Step));
        check(file, notes, rates);
        var best = notes.Validations.MaxBy(validation => validation.Score);
        RequireAll(file, run, notes, best is not null);
        var states = plan.Generators.Select(g => (Generator: g.Value, State: ReadGenerator(path, notes, g.Key, g.Value))).ToArray();
        foreach (var (generator, state) in states)
            GeneratorStates.Restore(generator, state);
        run.Weights.Restore(file.CopyTo, notes.OptimizerSteps);
        run.Resume(losses, rates, notes.Validations, TimeSpan.FromSeconds(notes.Seconds));
        if (best is not null)
            run.Best.Resume(best.Step, best.Score, BestValues(file, run.Model));
        return notes;
    }

    // Before anything is restored: what is missing must not be noticed half way.
    private static void RequireAll(SafeTensorsFile file, TrainingRun run, CheckpointNotes notes, bool hasBest)
    {
        foreach (var (name, value) in run.Weights.Tensors())
            Require(file, name, value.shape);
        foreach (var (name, parameter) in Trained(run.Model))
        {
            if (!notes.OptimizerSteps.ContainsKey(name))
                throw FileProblem.In(file.Path, $"does not say how often the optimiser changed {name}");
            if (hasBest)
                Require(file, BestName(name), parameter.shape);
        }
    }

    private static byte[] ReadGenerator(string path, CheckpointNotes notes, string name, Generator generator)
    {
        try
        {
            return GeneratorStates.Read(generator, notes.Generators[name]);
        }
        catch (FormatException e)
        {
            throw FileProblem.In(path, $"generator {name}: {e.Message}");
        }
    }

    private static IEnumerable<(string Name, Tensor Parameter)> Trained(CausalLM model) =>
        model.named_parameters().Where(p => p.parameter.requires_grad).Select(p => (p.name, (Tensor)p.parameter));

    private static IEnumerable<(string Name, Tensor Value)> BestValues(SafeTensorsFile file, CausalLM model)
    {
        foreach (var (name, parameter) in Trained(model))
        {
            var value = empty(parameter.shape, parameter.dtype, parameter.device);
            file.CopyTo(BestName(name), value);
            yield return (name, value);
        }
    }

    private static double[] Numbers(SafeTensorsFile file, string name, int count)
    {
        Require(file, name, [count]);
        using var scope = NewDisposeScope();
        var values = empty(count, ScalarType.Float64);
        file.CopyTo(name, values);
        return values.data<double>().ToArray();
    }

    private static void Require(SafeTensorsFile file, string name, IReadOnlyList<long> shape)
    {
        var found = file.Find(name) ?? throw FileProblem.In(file.Path, $"has no tensor {name}");
        if (!found.Shape.SequenceEqual(shape))
            throw FileProblem.In(file.Path, $"tensor {name} is [{string.Join(", ", found.Shape)}]; expected [{string.Join(", ", shape)}]");
    }
}
