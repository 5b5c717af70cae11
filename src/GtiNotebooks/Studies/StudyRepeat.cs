using System.Globalization;
using GtiNotebooks.Data;
using GtiNotebooks.Training;
using static TorchSharp.torch;

namespace GtiNotebooks.Studies;

/// <summary>Makes the run of a record once more, to see whether the same comes out.</summary>
public static class StudyRepeat
{
    private const string Threads = "threads";
    private const string DeviceName = "device";
    private const int MostThreads = 512; // LibTorch makes as many as it is told, and ends the process where it cannot

    /// <summary>The device that the record's run was made on, in PyTorch's words; "cpu" where the record does not say.</summary>
    /// <param name="record">The record.</param>
    public static string DeviceOf(StudyRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Versions.GetValueOrDefault(DeviceName, "cpu");
    }

    /// <summary>
    /// What keeps the run from being repeated: data or a model with other bytes than the record's, each with both hashes, or a number of threads that cannot
    /// be; empty where nothing does.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="here">A study with the record's options, on data and model as they are here.</param>
    /// <exception cref="ArgumentException">There is no such method (any more).</exception>
    public static IReadOnlyList<string> Obstacles(StudyRecord record, StudyRunner here)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(here);
        var method = StudyMethod.Find(record.Method);
        return [.. OtherFiles(record.DataFiles, here.FilesOf(method)), .. OtherModel(record.Model, here.ModelOf(method)), .. BadThreads(record)];
    }

    /// <summary>
    /// Repeats the run: its method, seed and options, with the record's number of threads, on the CPU or not as <paramref name="here"/> says. A run that chose among
    /// settings chooses anew; one that was told the choice of another seed's run is told it again.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="here">A study with the record's options.</param>
    /// <param name="progress">Told after every training step.</param>
    /// <param name="retrieved">Told the number of rows done.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <param name="checkpoints">A folder for this run alone, where one that was stopped goes on; null: it starts anew.</param>
    /// <returns>The record of the repetition.</returns>
    /// <exception cref="InvalidOperationException">There are <see cref="Obstacles"/>.</exception>
    public static StudyRecord Run(
        StudyRecord record, StudyRunner here, IProgress<TrainingProgress>? progress = null, IProgress<int>? retrieved = null,
        CancellationToken cancellation = default, string? checkpoints = null)
    {
        if (Obstacles(record, here) is { Count: > 0 } obstacles)
            throw new InvalidOperationException(string.Join("; ", obstacles));
        var searched = record.Costs.Any(cost => cost.Stage == StageCost.Tuning);
        var before = get_num_threads();
        var threads = ThreadsOf(record) ?? before;
        try
        {
            if (threads != before)
                set_num_threads(threads);
            return here.Run(StudyMethod.Find(record.Method), record.Seed, searched ? null : record.Selection, progress, retrieved, cancellation, checkpoints);
        }
        finally
        {
            if (threads != before)
                set_num_threads(before);
        }
    }

    /// <summary>Holds a repetition against its record, number by number and without tolerance. Seconds and dates are not compared.</summary>
    /// <param name="record">The record.</param>
    /// <param name="repeated">The record of the repetition.</param>
    public static StudyComparison Compare(StudyRecord record, StudyRecord repeated)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(repeated);
        var results = RecordDifferences.Of(record, repeated);
        return new StudyComparison(results.Differences, results.NotRecorded, OtherVersions(record.Versions, repeated.Versions));
    }

    // Null where the record does not say.
    private static int? ThreadsOf(StudyRecord record) =>
        int.TryParse(record.Versions.GetValueOrDefault(Threads), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static IEnumerable<string> BadThreads(StudyRecord record) =>
        record.Versions.TryGetValue(Threads, out var text) && ThreadsOf(record) is not (>= 1 and <= MostThreads)
            ? [$"threads: '{text}' in the record; expected a number from 1 to {MostThreads}"]
            : [];

    private static IEnumerable<string> OtherFiles(IReadOnlyList<DataFile> recorded, IReadOnlyList<DataFile> here)
    {
        var (then, now) = (recorded.ToDictionary(file => file.Name), here.ToDictionary(file => file.Name));
        foreach (var name in then.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (there, found) = (then.GetValueOrDefault(name)?.Sha256, now.GetValueOrDefault(name)?.Sha256);
            if (there != found)
                yield return $"data file '{name}': {Hashes(there, found)}";
        }
    }

    private static IEnumerable<string> OtherModel(StudyModel? recorded, StudyModel? here) => recorded?.Sha256 == here?.Sha256
        ? []
        : [$"model '{recorded?.Name ?? here!.Name}': {Hashes(recorded?.Sha256, here?.Sha256)}"];

    private static string Hashes(string? recorded, string? here) => (recorded, here) switch
    {
        (null, _) => $"not in the record, but here, with SHA-256 {here}",
        (_, null) => $"SHA-256 {recorded} in the record, but not here",
        _ => $"SHA-256 {recorded} in the record, {here} here",
    };

    private static IReadOnlyList<string> OtherVersions(IReadOnlyDictionary<string, string> recorded, IReadOnlyDictionary<string, string> here) =>
    [
        .. recorded.Keys.Union(here.Keys).Order(StringComparer.Ordinal)
            .Where(name => recorded.GetValueOrDefault(name) != here.GetValueOrDefault(name))
            .Select(name => $"{name}: {recorded.GetValueOrDefault(name, "nothing")} in the record, {here.GetValueOrDefault(name, "nothing")} here"),
    ];
}
