using System.Text.Json;

namespace GtiNotebooks.Data;

/// <summary>
/// Reads the data of LC-Rec (arXiv 2311.09049) and LETTER (arXiv 2405.07314): <c>NAME.inter.json</c> (an object from user to items in time
/// order), <c>NAME.item.json</c> and, where published, <c>NAME.index.json</c>.
/// </summary>
internal sealed class LcRecReader : ISourceReader
{
    private const string Histories = "a JSON object from user to items in time order, such as {\"0\": [17, 4, 250]}";

    private const string Expected = "NAME.inter.json and NAME.item.json, and optionally NAME.index.json";

    public string Format => "lc-rec";

    public IReadOnlyList<string> Options => ["--name"];

    public SourceData Read(string source, ImportContext context)
    {
        SourceFiles.RequireFolder(source, Expected);
        var name = context.Options.Name;
        var histories = SourceFiles.Find(source, [""], ".inter.json", name, Expected);
        // The files of one data set share their name: others in the folder belong to other sets.
        name = Path.GetFileName(histories)[..^".inter.json".Length] + ".";
        var (items, _) = ItemJsonFile.Read(SourceFiles.Find(source, [""], ItemJsonFile.Suffix, name, Expected), context);
        var index = SourceFiles.TryFind(source, [""], NativeFolder.IndexSuffix, name);
        using var stream = File.OpenRead(context.Source(histories, Histories));
        var events = JsonText.Read(stream, histories, root => Events(root, histories, context));
        context.Notes.Add("the source has no times: a timestamp is the event's position in its user's history");
        return new SourceData("histories", items, events) { Codes = index is null ? null : CodesFile.Read(context.Source(index, CodesFile.Expected)) };
    }

    private static EventTable Events(JsonElement root, string path, ImportContext context)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw FileProblem.In(path, $"a JSON {root.ValueKind}. It should hold {Histories}.");
        }
        var events = new EventTable();
        foreach (var user in root.EnumerateObject())
        {
            if (user.Value.ValueKind != JsonValueKind.Array)
            {
                throw FileProblem.In(path, $"user '{user.Name}' has a JSON {user.Value.ValueKind}. The file should hold {Histories}.");
            }
            var position = 0;
            foreach (var item in user.Value.EnumerateArray())
            {
                var id = item.ValueKind is JsonValueKind.Number or JsonValueKind.String
                    ? item.ToString()
                    : throw FileProblem.In(path, $"user '{user.Name}' has the item {item.GetRawText()}; it should be an id. The file should hold {Histories}.");
                events.Add(user.Name, id, position++);
            }
        }
        context.EventsRead = events.Events.Count;
        return events;
    }
}
