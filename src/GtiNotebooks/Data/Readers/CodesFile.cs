using System.Text.Json;

namespace GtiNotebooks.Data;

/// <summary>Reads a <c>*.index.json</c> without looking into its tokens.</summary>
internal static class CodesFile
{
    public const string Expected = "a JSON object from item id to code tokens, such as {\"7\": [\"<a_236>\", \"<b_231>\"]}";

    public static SourceCodes Read(string path)
    {
        FileProblem.RequireFile(path, Expected);
        using var stream = File.OpenRead(path);
        return JsonText.Read(stream, path, root => new SourceCodes(Path.GetFileName(path), Tokens(root, path)));
    }

    private static Dictionary<string, IReadOnlyList<string>> Tokens(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw FileProblem.In(path, $"a JSON {root.ValueKind}. It should hold {Expected}.");
        }
        var tokens = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var entry in root.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Array || entry.Value.EnumerateArray().Any(token => token.ValueKind != JsonValueKind.String))
            {
                throw FileProblem.In(path, $"the entry of item '{entry.Name}' is no array of texts. It should hold {Expected}.");
            }
            if (!tokens.TryAdd(entry.Name, [.. entry.Value.EnumerateArray().Select(token => token.GetString()!)]))
            {
                throw FileProblem.In(path, $"item '{entry.Name}' is there twice.");
            }
        }
        return tokens;
    }
}
