using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GtiNotebooks.Data;

/// <summary>How often something happened.</summary>
/// <param name="What">What it was, in words that fit behind a number.</param>
/// <param name="Count">At least 1.</param>
public sealed record ImportCount(string What, long Count)
{
    /// <summary>"12 without a title".</summary>
    public override string ToString() => FormattableString.Invariant($"{Count:N0} {What}");
}

/// <summary>
/// What an import read, left out and wrote: read = kept + everything dropped, for items, events and targets alike. Stored in the imported
/// folder as <c>import.json</c>.
/// </summary>
/// <param name="Format">The format's name, such as "movielens".</param>
/// <param name="Form">Which form of it was found.</param>
/// <param name="Sources">The files that were read, with their hashes.</param>
/// <param name="Options">How they were read.</param>
/// <param name="ItemsRead">Items in the source.</param>
/// <param name="DroppedItems">Items left out, by reason.</param>
/// <param name="Items">Items written.</param>
/// <param name="ItemsWithEvents">Of these, how many occur in an event.</param>
/// <param name="ItemsWithoutDescription">Of these, how many have only a title.</param>
/// <param name="EventsRead">Events in the source.</param>
/// <param name="DroppedEvents">Events left out, by reason.</param>
/// <param name="Events">Events written.</param>
/// <param name="Users">Users with an event.</param>
/// <param name="UsersWithRepeats">Users with several events on one item.</param>
/// <param name="ValidationTargets">Validation rows of a published split.</param>
/// <param name="TestTargets">Test rows of a published split.</param>
/// <param name="DroppedTargets">Rows of the published split left out, by reason.</param>
/// <param name="Defects">Faults of the source that were repaired or passed on, with the number of places.</param>
/// <param name="Notes">What whoever uses the data must know.</param>
public sealed record ImportReport(
    string Format, string Form, IReadOnlyList<DataFile> Sources, ImportOptions Options,
    long ItemsRead, IReadOnlyList<ImportCount> DroppedItems, int Items, int ItemsWithEvents, int ItemsWithoutDescription,
    long EventsRead, IReadOnlyList<ImportCount> DroppedEvents, int Events, int Users, int UsersWithRepeats,
    int ValidationTargets, int TestTargets, IReadOnlyList<ImportCount> DroppedTargets,
    IReadOnlyList<ImportCount> Defects, IReadOnlyList<string> Notes)
{
    /// <summary>The report's name in an imported folder.</summary>
    public const string FileName = "import.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Reads the report of an imported folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">The folder holds no report: it was not imported.</exception>
    /// <exception cref="InvalidDataException">The file is no such report.</exception>
    public static ImportReport Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        FileProblem.RequireFile(path, "the report of an import");
        using var stream = File.OpenRead(path);
        var report = JsonText.Read(stream, path, root => root.Deserialize<ImportReport>(Json)) ?? throw FileProblem.In(path, "holds no report.");
        IEnumerable<IEnumerable<object?>> lists = [report.Sources, report.DroppedItems, report.DroppedEvents, report.DroppedTargets, report.Defects, report.Notes];
        return lists.All(list => list.All(entry => entry is not null)) ? report : throw FileProblem.In(path, "a list holds null.");
    }

    /// <summary>The report as text for people, several lines.</summary>
    public override string ToString()
    {
        var lines = new List<string> { $"{Format}, {Form}: {string.Join(", ", Sources.Select(file => file.Name))}" };
        lines.AddRange(Notes.Select(note => $"  NOTE     {note}"));
        lines.Add(FormattableString.Invariant(
            $"  items    {Items:N0} of {ItemsRead:N0}{Dropped(DroppedItems)}; {ItemsWithEvents:N0} with events, {ItemsWithoutDescription:N0} without a description"));
        lines.Add(FormattableString.Invariant($"  events   {Events:N0} of {EventsRead:N0}{Dropped(DroppedEvents)}"));
        lines.Add(FormattableString.Invariant($"  users    {Users:N0}; {UsersWithRepeats:N0} with several events on one item"));
        if (ValidationTargets + TestTargets > 0)
        {
            lines.Add(FormattableString.Invariant($"  targets  {ValidationTargets:N0} validation, {TestTargets:N0} test{Dropped(DroppedTargets)}"));
        }
        lines.AddRange(Defects.Select(defect => $"  defects  {defect}"));
        return string.Join('\n', lines);
    }

    internal string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    private static string Dropped(IReadOnlyList<ImportCount> counts) => counts.Count == 0 ? "" : $" (dropped: {string.Join(", ", counts)})";
}
