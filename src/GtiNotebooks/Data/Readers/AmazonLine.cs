using System.Text.Json;

namespace GtiNotebooks.Data;

/// <summary>One line of an Amazon file: a JSON object, or (metadata of 2014) a Python dictionary.</summary>
internal readonly struct AmazonLine(JsonElement root, string path, int line)
{
    /// <summary>Reads a line and hands it on; it does not outlive the call.</summary>
    public static T Read<T>(string text, string path, int line, string expected, Func<AmazonLine, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(IsPython(text) ? PythonLiteral.Parse(text)!.ToJsonString() : text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? read(new AmazonLine(document.RootElement, path, line))
                : throw FileProblem.At(path, line, $"a JSON {document.RootElement.ValueKind}. Expected {expected}.");
        }
        catch (JsonException problem)
        {
            throw FileProblem.At(path, line, $"not valid JSON (at byte {problem.BytePositionInLine}). Expected {expected}.");
        }
        catch (FormatException problem)
        {
            throw FileProblem.At(path, line, $"a Python dictionary as in the metadata of 2014, but not a valid one: {problem.Message}. Expected {expected}.");
        }
        catch (InvalidOperationException problem)
        {
            // An escaped half of a surrogate pair parses, but is no string.
            throw FileProblem.At(path, line, $"a string is not valid Unicode: {problem.Message}");
        }
    }

    public bool Has(string field) => root.TryGetProperty(field, out _);

    /// <summary>A field that must be a text and not empty.</summary>
    public string Id(string field) =>
        root.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } id
            ? id
            : throw FileProblem.At(path, line, $"the field '{field}' is missing or no text.");

    public long Whole(string field) =>
        root.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : throw FileProblem.At(path, line, $"the field '{field}' is missing or no whole number.");

    public double Number(string field) =>
        root.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : throw FileProblem.At(path, line, $"the field '{field}' is missing or no number.");

    /// <summary>The texts of a field that may be text, a list, a list of lists, null or missing, each text once.</summary>
    public IReadOnlyList<string> Texts(string field)
    {
        var texts = new List<string>();
        if (root.TryGetProperty(field, out var value))
        {
            Collect(value, texts);
        }
        return [.. texts.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The first of several fields that has a text, its texts joined by a blank; empty when none has.</summary>
    public string Text(params IReadOnlyList<string> fields)
    {
        foreach (var field in fields)
        {
            if (Texts(field) is { Count: > 0 } texts)
            {
                return string.Join(' ', texts);
            }
        }
        return "";
    }

    // Python prints the keys of a dictionary in single quotes; JSON has no such quotes.
    private static bool IsPython(string text) => text.AsSpan().TrimStart() is ['{', '\'', ..];

    private static void Collect(JsonElement value, List<string> texts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when !string.IsNullOrWhiteSpace(value.GetString()):
                texts.Add(value.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                {
                    Collect(element, texts);
                }
                break;
            case JsonValueKind.Number:
                texts.Add(value.GetRawText());
                break;
        }
    }
}
