using System.Text.Json;
using System.Text.Json.Nodes;
using GtiNotebooks.Data;

namespace GtiNotebooks.Studies;

/// <summary>May these records stand in one table?</summary>
internal static class StudyAgreement
{
    /// <summary>Throws when two records are of one run, or differ in what must be the same.</summary>
    public static void Require(IReadOnlyList<StudyRecord> records)
    {
        foreach (var run in records.GroupBy(record => (record.Method, record.Seed)).Where(run => run.Count() > 1))
        {
            throw new ArgumentException($"There are {run.Count()} records of method '{run.Key.Method}' with seed {run.Key.Seed}.", nameof(records));
        }
        // The first with a model, so that no two models hide behind an anchor.
        var first = records.FirstOrDefault(record => record.Model is not null) ?? records[0];
        foreach (var record in records)
        {
            if (FirstDifference(first, record) is { } field)
            {
                throw new ArgumentException(
                    $"{Describe(first)} and {Describe(record)} cannot stand in one table: they differ in {field}.", nameof(records));
            }
        }
        foreach (var method in records.GroupBy(record => record.Method).Where(method => method.Select(record => record.TrainingPairs).Distinct().Count() > 1))
        {
            throw new ArgumentException($"The records of method '{method.Key}' differ in trainingPairs.", nameof(records));
        }
    }

    private static string Describe(StudyRecord record) => $"{record.Method} seed {record.Seed}";

    private static string? FirstDifference(StudyRecord first, StudyRecord other)
    {
        if (first.DatasetName != other.DatasetName)
        {
            return $"datasetName ('{first.DatasetName}', '{other.DatasetName}')";
        }
        return DifferentFile(first, other)
            ?? DifferentModel(first.Model, other.Model)
            ?? DifferentOption(first.Options, other.Options)
            ?? (first.TestRows != other.TestRows ? $"testRows ({first.TestRows}, {other.TestRows})" : null)
            ?? (first.TestUsers.SequenceEqual(other.TestUsers) ? null : "testUsers: other test rows, or another order of them");
    }

    // Anchors have none, and may stand beside any.
    private static string? DifferentModel(StudyModel? first, StudyModel? other) =>
        first is null || other is null || first.Sha256 == other.Sha256 ? null : $"model ('{first.Name}', '{other.Name}': other bytes)";

    // Anchors know items by themselves: theirs may stand beside any Semantic IDs.
    private static string? DifferentFile(StudyRecord first, StudyRecord other)
    {
        var withIds = first.Model is not null && other.Model is not null;
        var ours = Compared(first);
        var theirs = Compared(other);
        var name = ours.Keys.Union(theirs.Keys).Order(StringComparer.Ordinal).FirstOrDefault(name =>
            ours.GetValueOrDefault(name)?.Sha256 != theirs.GetValueOrDefault(name)?.Sha256);
        return name is null ? null : $"dataFiles: '{name}'";

        Dictionary<string, DataFile> Compared(StudyRecord record) =>
            record.DataFiles.Where(file => withIds || !Dataset.IsOfSemanticIds(file)).ToDictionary(file => file.Name);
    }

    // By the JSON form, so that an option added later is compared without anyone remembering to.
    private static string? DifferentOption(StudyOptions first, StudyOptions other)
    {
        var theirs = JsonSerializer.SerializeToNode(other, StudyJson.Options)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(first, StudyJson.Options)!.AsObject())
        {
            if (!JsonNode.DeepEquals(value, theirs[name]))
            {
                return $"options.{name} ({value?.ToJsonString() ?? "null"}, {theirs[name]?.ToJsonString() ?? "null"})";
            }
        }
        return null;
    }
}
