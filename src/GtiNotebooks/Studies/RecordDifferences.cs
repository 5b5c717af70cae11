using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GtiNotebooks.Studies;

/// <summary>Where the results of two records differ. By the JSON form, so that a field added later is compared without anyone remembering to.</summary>
internal sealed class RecordDifferences
{
    // What describes the run is the same, or compared by other means; what tells the time is never the same.
    private static readonly string[] NoResults =
        ["schema", "method", "seed", "datasetName", "dataFiles", "model", "options", "versions", "finishedUtc"];

    private const string Seconds = "seconds";

    // A row of a table is known by one of these, a metric by its cutoff too.
    private static readonly string[] Names = ["name", "stage", "setting"];

    private readonly List<string> differences = [];
    private readonly List<string> notRecorded = [];

    public IReadOnlyList<string> Differences => differences;

    /// <summary>Fields that only the second record has.</summary>
    public IReadOnlyList<string> NotRecorded => notRecorded;

    public static RecordDifferences Of(StudyRecord record, StudyRecord repeated)
    {
        var found = new RecordDifferences();
        found.CompareFields("", ResultsOf(record), ResultsOf(repeated));
        return found;
    }

    private static JsonObject ResultsOf(StudyRecord record)
    {
        var fields = JsonSerializer.SerializeToNode(record, StudyJson.Options)!.AsObject();
        foreach (var name in NoResults)
            fields.Remove(name);
        return fields;
    }

    private void CompareFields(string path, JsonObject then, JsonObject now)
    {
        foreach (var name in then.Select(field => field.Key).Union(now.Select(field => field.Key)).Where(name => name != Seconds).ToArray())
        {
            var field = path.Length == 0 ? name : $"{path}, {name}";
            if (!then.ContainsKey(name))
                notRecorded.Add(field);
            else
                Compare(field, then[name], now[name]);
        }
    }

    private void Compare(string path, JsonNode? then, JsonNode? now)
    {
        if (then is JsonObject fields && now is JsonObject others)
            CompareFields(path, fields, others);
        else if (then is JsonArray list && now is JsonArray other)
            CompareLists(path, list, other);
        else if (!JsonNode.DeepEquals(then, now))
            differences.Add($"{path}: {Text(then)} in the record, {Text(now)} here");
    }

    private void CompareLists(string path, JsonArray then, JsonArray now)
    {
        if (then.Count != now.Count)
        {
            differences.Add($"{path}: {then.Count} entries in the record, {now.Count} here");
            return;
        }

        if (then.Concat(now).All(entry => entry is JsonValue value && value.GetValueKind() == JsonValueKind.Number))
        {
            CompareValues(path, then, now);
            return;
        }

        for (var i = 0; i < then.Count; i++)
            Compare($"{path}, {NameOf(then[i]) ?? i.ToString(CultureInfo.InvariantCulture)}", then[i], now[i]);
    }

    // One line for thousands of ranks.
    private void CompareValues(string path, JsonArray then, JsonArray now)
    {
        var other = Enumerable.Range(0, then.Count).Where(i => !JsonNode.DeepEquals(then[i], now[i])).ToArray();
        if (other.Length == 0)
            return;
        differences.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {other.Length} of {then.Count} entries, by at most {other.Max(i => Math.Abs(Number(then[i]) - Number(now[i]))):G3}; the first is entry {other[0]}: {Text(then[other[0]])} in the record, {Text(now[other[0]])} here"));
    }

    private static double Number(JsonNode? value) => value!.GetValue<double>();

    private static string? NameOf(JsonNode? row)
    {
        var name = row is JsonObject fields ? Names.Select(name => fields[name]).FirstOrDefault(value => value is JsonValue)?.ToString() : null;
        return name is not null && row!["k"] is { } cutoff ? $"{name}@{cutoff}" : name;
    }

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "nothing";
}
