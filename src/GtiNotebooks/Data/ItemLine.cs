using System.Text.Json;

namespace GtiNotebooks.Data;

/// <summary>Reads the lines of an items file, one after another.</summary>
/// <param name="path">The file, for error messages.</param>
internal sealed class ItemLine(string path)
{
    private readonly List<string> _names = []; // of the fields of the line before
    private readonly List<KeyValuePair<string, string>> _fields = [];

    /// <summary>Turns a JSON object into an item; <paramref name="line"/> is for error messages.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="line">1-based.</param>
    public Item Parse(ReadOnlyMemory<byte> json, int line)
    {
        using var document = ParseJson(json, line);
        try
        {
            return Read(document.RootElement, line);
        }
        catch (InvalidOperationException problem)
        {
            // An escaped half of a surrogate pair parses, but is no string; nor are bytes of another encoding.
            throw FileProblem.At(path, line, $"a string is not valid Unicode (the file must be UTF-8): {problem.Message}");
        }
    }

    private Item Read(JsonElement root, int line)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw FileProblem.At(path, line, $"a JSON {root.ValueKind}, but each line must be an object. Expected {Catalogue.Expected}.");
        }
        var id = Id(root, line);
        var title = Text(root, "title", line);
        if (string.IsNullOrWhiteSpace(title))
        {
            throw FileProblem.At(path, line, $"the title of item '{id}' is empty; every item needs one.");
        }
        return new Item(id, title, Text(root, "description", line), OtherFields(root));
    }

    private JsonDocument ParseJson(ReadOnlyMemory<byte> json, int line)
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

    private string Id(JsonElement root, int line)
    {
        var value = Required(root, "item_id", line);
        var id = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => throw FileProblem.At(path, line, $"item_id must be text or a whole number, not {value.GetRawText()}."),
        };
        return string.IsNullOrWhiteSpace(id) ? throw FileProblem.At(path, line, "item_id is empty.") : id;
    }

    private string Text(JsonElement root, string name, int line)
    {
        var value = Required(root, name, line);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "",
            _ => throw FileProblem.At(path, line, $"{name} must be text, not {value.GetRawText()}."),
        };
    }

    private JsonElement Required(JsonElement root, string name, int line) =>
        root.TryGetProperty(name, out var value)
            ? value
            : throw FileProblem.At(path, line, $"the field '{name}' is missing. Expected {Catalogue.Expected}.");

    private ItemFields OtherFields(JsonElement root)
    {
        _fields.Clear();
        var place = 0;
        foreach (var property in root.EnumerateObject())
        {
            var name = NameOf(property, place++);
            if (name is not ("item_id" or "title" or "description") && property.Value.ValueKind != JsonValueKind.Null)
            {
                var isText = property.Value.ValueKind == JsonValueKind.String;
                _fields.Add(new(name, isText ? property.Value.GetString()! : property.Value.GetRawText()));
            }
        }
        return ItemFields.Of(_fields);
    }

    /// <summary>The name of a field. Most lines have the same ones in the same places: those are one string.</summary>
    private string NameOf(JsonProperty property, int place)
    {
        if (place < _names.Count && property.NameEquals(_names[place]))
        {
            return _names[place];
        }
        var name = property.Name;
        if (place == _names.Count)
        {
            _names.Add(name);
        }
        _names[place] = name;
        return name;
    }
}
