using System.Text.Json;

namespace GtiNotebooks.Data;

/// <summary>Reads one line of an items file.</summary>
internal static class ItemLine
{
    /// <summary>Turns a JSON object into an item; <paramref name="path"/> and <paramref name="line"/> are for error messages.</summary>
    public static Item Parse(string json, string path, int line)
    {
        using var document = ParseJson(json, path, line);
        try
        {
            return Read(document.RootElement, path, line);
        }
        catch (InvalidOperationException problem)
        {
            // An escaped half of a surrogate pair parses, but is no string.
            throw FileProblem.At(path, line, $"a string is not valid Unicode: {problem.Message}");
        }
    }

    private static Item Read(JsonElement root, string path, int line)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw FileProblem.At(path, line, $"a JSON {root.ValueKind}, but each line must be an object. Expected {Catalogue.Expected}.");
        }
        var id = Id(root, path, line);
        var title = Text(root, "title", path, line);
        if (string.IsNullOrWhiteSpace(title))
        {
            throw FileProblem.At(path, line, $"the title of item '{id}' is empty; every item needs one.");
        }
        return new Item(id, title, Text(root, "description", path, line), OtherFields(root));
    }

    private static JsonDocument ParseJson(string json, string path, int line)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException problem)
        {
            // Its message counts lines from the start of this line of the file: only the position helps.
            throw FileProblem.At(path, line, $"not valid JSON (at byte {problem.BytePositionInLine}). Expected {Catalogue.Expected}.");
        }
    }

    private static string Id(JsonElement root, string path, int line)
    {
        var value = Required(root, "item_id", path, line);
        var id = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => throw FileProblem.At(path, line, $"item_id must be text or a whole number, not {value.GetRawText()}."),
        };
        return string.IsNullOrWhiteSpace(id) ? throw FileProblem.At(path, line, "item_id is empty.") : id;
    }

    private static string Text(JsonElement root, string name, string path, int line)
    {
        var value = Required(root, name, path, line);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "",
            _ => throw FileProblem.At(path, line, $"{name} must be text, not {value.GetRawText()}."),
        };
    }

    private static JsonElement Required(JsonElement root, string name, string path, int line) =>
        root.TryGetProperty(name, out var value)
            ? value
            : throw FileProblem.At(path, line, $"the field '{name}' is missing. Expected {Catalogue.Expected}.");

    private static SortedDictionary<string, string> OtherFields(JsonElement root)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name is not ("item_id" or "title" or "description") && property.Value.ValueKind != JsonValueKind.Null)
            {
                var isText = property.Value.ValueKind == JsonValueKind.String;
                fields[property.Name] = isText ? property.Value.GetString()! : property.Value.GetRawText();
            }
        }
        return fields;
    }
}
