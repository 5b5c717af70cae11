using System.Text.Encodings.Web;
using System.Text.Json;
using GtiNotebooks.Data;

namespace GtiNotebooks.SemanticIds;

/// <summary>The <c>*.index.json</c> form of Semantic IDs.</summary>
internal static class IndexJson
{
    private const string Expected = "a JSON object from item id to code tokens, such as {\"7\": [\"<a_236>\", \"<b_231>\"]}";

    /// <summary>The IDs in the catalogue's order.</summary>
    public static CodeToken[][] Read(string path, Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        FileProblem.RequireFile(path, Expected);
        using var stream = File.OpenRead(path);
        return JsonText.Read(stream, path, root => Read(root, path, catalogue));
    }

    public static void Write(string path, Catalogue catalogue, IReadOnlyList<CodeToken[]> ids) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        for (var item = 0; item < ids.Count; item++)
        {
            json.WriteStartArray(catalogue[item].Id);
            foreach (var token in ids[item]) json.WriteStringValue(token.Text);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    });

    private static CodeToken[][] Read(JsonElement root, string path, Catalogue catalogue)
    {
        if (root.ValueKind != JsonValueKind.Object) throw FileProblem.In(path, $"should hold {Expected}.");
        var ids = new CodeToken[catalogue.Count][];
        (string Key, int Levels)? first = null;
        foreach (var entry in root.EnumerateObject())
        {
            if (!catalogue.TryIndexOf(entry.Name, out var item)) throw Problem(path, entry.Name, "is not in the catalogue");
            if (ids[item] is not null) throw Problem(path, entry.Name, "is there twice");
            ids[item] = ReadId(entry.Value, path, entry.Name);
            first ??= (entry.Name, ids[item].Length);
            if (ids[item].Length != first.Value.Levels)
                throw Problem(path, entry.Name, $"has {ids[item].Length} levels, item '{first.Value.Key}' has {first.Value.Levels}; all items need the same");
        }
        var missing = Array.FindIndex(ids, id => id is null);
        return missing < 0 ? ids : throw Problem(path, catalogue[missing].Id, "is in the catalogue but has no ID here");
    }

    private static CodeToken[] ReadId(JsonElement value, string path, string key)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is < 1 or > CodeToken.MostLevels)
            throw Problem(path, key, $"must have an array of 1 to {CodeToken.MostLevels} tokens");
        var id = new CodeToken[value.GetArrayLength()];
        for (var level = 0; level < id.Length; level++)
        {
            var text = value[level].ValueKind == JsonValueKind.String ? value[level].GetString() : value[level].GetRawText();
            if (!CodeToken.TryParse(text, out id[level])) throw Problem(path, key, $"has '{text}' at level {level}; a token looks like {new CodeToken(level, 17)}");
            if (id[level].Level != level) throw Problem(path, key, $"has {text} at level {level}; the letter there must be '{(char)('a' + level)}'");
        }
        return id;
    }

    private static InvalidDataException Problem(string path, string key, string message) => FileProblem.In(path, $"item '{key}' {message}.");
}
