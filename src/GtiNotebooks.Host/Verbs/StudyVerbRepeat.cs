using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>study --repeat</c>: one run of a record once more, and whether the same came out.</summary>
internal static class StudyVerbRepeat
{
    /// <summary>Exit code: every number of the record came out again.</summary>
    public const int Identical = 0;

    /// <summary>Exit code: a number did not.</summary>
    public const int Different = 1;

    /// <summary>Exit code: the run could not be made, as data or model are others, or the record is no good.</summary>
    public const int NotRepeatable = 2;

    /// <summary>What to repeat, and with what.</summary>
    /// <param name="Record">The record's file.</param>
    /// <param name="Data">Data folder; null: the bundled one.</param>
    /// <param name="Model">Model folder; null: the bundled one.</param>
    /// <param name="Ids">Folder of Semantic IDs; null: the data folder's own.</param>
    /// <param name="Folder">Where the repetition's record and checkpoints go; null: nowhere that lasts.</param>
    /// <param name="Device">The device; null: the record's.</param>
    /// <param name="Superfluous">Options that were given, and that the record decides.</param>
    public sealed record Plan(
        string Record, string? Data, string? Model, string? Ids, string? Folder, string? Device, IReadOnlyList<string> Superfluous);

    /// <summary>Repeats and compares.</summary>
    /// <returns>One of the exit codes.</returns>
    public static int Run(Plan plan, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            return Repeat(plan, output, error, cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or UnauthorizedAccessException or InvalidOperationException)
        {
            // Not 1, which would say that it was repeated and came out otherwise.
            error.WriteLine(UserMessage.Of(e));
            return NotRepeatable;
        }
    }

    private static int Repeat(Plan plan, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (plan.Superfluous.Count > 0)
            throw new ArgumentException($"--repeat takes everything but data, model and device from the record; leave out {string.Join(", ", plan.Superfluous)}");
        var record = StudyRecord.Load(plan.Record);
        var placement = ModelPlacement.Parse(plan.Device ?? StudyRepeat.DeviceOf(record));
        var runner = RunnerFor(record, plan, placement);
        if (StudyRepeat.Obstacles(record, runner) is { Count: > 0 } obstacles)
        {
            error.WriteLine($"gti: {plan.Record} cannot be repeated with this data and model:");
            foreach (var obstacle in obstacles)
                error.WriteLine($"  {obstacle}");
            return NotRepeatable;
        }

        output.WriteLine($"{record.Method}, seed {record.Seed}, on {placement.Device}: repeating {plan.Record}");
        var repeated = plan.Folder is { } folder
            ? RunIn(folder, record, runner, output, cancellation)
            : StudyRepeat.Run(record, runner, new ConsoleProgress(output), new StudyVerb.RowProgress(output), cancellation);
        var comparison = StudyRepeat.Compare(record, repeated);
        foreach (var line in comparison.Lines())
            output.WriteLine(line);
        return comparison.IsIdentical ? Identical : Different;
    }

    private static StudyRunner RunnerFor(StudyRecord record, Plan plan, ModelPlacement placement)
    {
        var dataset = Dataset.Load(plan.Data ?? Repository.Find().BundledData);
        if (plan.Ids is { } ids)
            dataset = dataset.WithSemanticIds(ids);
        return new StudyRunner(dataset, plan.Model ?? Repository.Find().BundledModel, record.Options, placement.Device);
    }

    // Beside its record a repetition that is broken off leaves what it needs to go on.
    private static StudyRecord RunIn(string folder, StudyRecord record, StudyRunner runner, TextWriter output, CancellationToken cancellation)
    {
        var key = runner.KeyOf(StudyMethod.Find(record.Method), record.Seed); // the record's, but for the name of the data folder
        var path = Path.Combine(folder, key.FileName);
        if (File.Exists(path))
            throw new IOException($"{path} is there already, and a repetition must not replace it; choose another folder with --out");
        var unfinished = Path.Combine(folder, "unfinished", Path.GetFileNameWithoutExtension(key.FileName));
        using var own = FileLock.Take(unfinished + ".lock", $"{record.Method}, seed {record.Seed}: another process repeats this run in {folder}");
        var repeated = StudyRepeat.Run(record, runner, new ConsoleProgress(output), new StudyVerb.RowProgress(output), cancellation, unfinished);
        repeated.Save(path);
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        output.WriteLine($"  wrote {path}");
        return repeated;
    }
}
