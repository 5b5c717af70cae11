using System.Text.Json;

namespace GtiNotebooks.Data;

/// <summary>Reads the <c>*.item.json</c> of LC-Rec, LETTER and MiniOneRec: an object from item id to title, description, brand, categories.</summary>
internal static class ItemJsonFile
{
    public const string Suffix = ".item.json";

    public const string Expected = "a JSON object from item id to {\"title\": \"...\", \"description\": \"...\"}";

    /// <summary>Reads a file.</summary>
    /// <returns>The items, and each item's title as the file has it.</returns>
    public static (SourceItems Items, IReadOnlyDictionary<string, string> Titles) Read(string path, ImportContext context)
    {
        using var stream = File.OpenRead(context.Source(path, Expected));
        return JsonText.Read(stream, path, root => Read(root, path, context));
    }

    private static (SourceItems Items, IReadOnlyDictionary<string, string> Titles) Read(JsonElement root, string path, ImportContext context)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw FileProblem.In(path, $"a JSON {root.ValueKind}. It should hold {Expected}.");
        }
        var items = new SourceItems(context);
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in root.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Object)
            {
                throw FileProblem.In(path, $"item '{entry.Name}' is a JSON {entry.Value.ValueKind}. The file should hold {Expected}.");
            }
            var (title, description) = (Strings(entry, "title", path, context), Strings(entry, "description", path, context));
            titles[entry.Name] = string.Join(' ', title);
            var categories = Strings(entry, "categories", path, context);
            items.Add(
                entry.Name, string.Join(' ', title), string.Join(' ', description),
                ("brand", string.Join(' ', Strings(entry, "brand", path, context))),
                ("categories", categories.Count == 1 ? categories[0] : items.List(categories)));
        }
        return (items, titles);
    }

    /// <summary>A field that may be text, text that holds a Python list, or a JSON array; missing and null are no text.</summary>
    private static IReadOnlyList<string> Strings(JsonProperty item, string field, string path, ImportContext context)
    {
        if (!item.Value.TryGetProperty(field, out var value))
        {
            return [];
        }
        return value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.String when field == "title" => [value.GetString()!],
            JsonValueKind.String => PythonStrings.Parse(value.GetString()!, context.Defects),
            JsonValueKind.Array when value.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String) =>
                [.. value.EnumerateArray().Select(part => part.GetString()!)],
            _ => throw FileProblem.In(path, $"item '{item.Name}': {field} must be text or an array of texts, not {value.GetRawText()}."),
        };
    }
}
