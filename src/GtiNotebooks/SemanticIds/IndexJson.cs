using System.Text.Encodings.Web;
using System.Text.Json;
using GtiNotebooks.Data;

namespace GtiNotebooks.SemanticIds;

/// <summary>The <c>*.index.json</c> form of Semantic IDs, as LC-Rec, LETTER and MiniOneRec have it.</summary>
internal static class IndexJson
{
    private const string Expected = "a JSON object from item to code tokens, such as {\"7\": [\"<a_236>\", \"<b_231>\"]}";

    /// <summary>The IDs in the catalogue's order.</summary>
    public static CodeToken[][] Read(string path, Catalogue catalogue, IndexKeys keys)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        FileProblem.RequireFile(path, Expected);
        using var stream = File.OpenRead(path);
        return JsonText.Read(stream, path, root => Read(root, path, catalogue, keys));
    }

    public static void Write(string path, Catalogue catalogue, IndexKeys keys, IReadOnlyList<CodeToken[]> ids) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        for (var item = 0; item < ids.Count; item++)
        {
            json.WriteStartArray(ItemEntries.KeyOf(item, catalogue, keys));
            foreach (var token in ids[item]) json.WriteStringValue(token.Text);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    });

    private static CodeToken[][] Read(JsonElement root, string path, Catalogue catalogue, IndexKeys keys)
    {
        if (root.ValueKind != JsonValueKind.Object) throw FileProblem.In(path, $"should hold {Expected}.");
        (string Key, int Levels)? first = null;
        return ItemEntries.Read(root, path, catalogue, keys, (value, key) =>
        {
            var id = ReadId(value, path, key);
            first ??= (key, id.Length);
            return id.Length == first.Value.Levels ? id : throw ItemEntries.Problem(
                path, key, $"has {id.Length} levels, item '{first.Value.Key}' has {first.Value.Levels}; all items need the same. Where only items that "
                + "collide have one more token (MiniOneRec's RQ-KMeans does so), give the others one too, such as its code 0");
        });
    }

    private static CodeToken[] ReadId(JsonElement value, string path, string key)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is < 1 or > CodeToken.MostLevels)
            throw ItemEntries.Problem(path, key, $"must have an array of 1 to {CodeToken.MostLevels} tokens");
        var id = new CodeToken[value.GetArrayLength()];
        for (var level = 0; level < id.Length; level++)
        {
            var text = value[level].ValueKind == JsonValueKind.String ? value[level].GetString() : value[level].GetRawText();
            if (!CodeToken.TryParse(text, out id[level]))
                throw ItemEntries.Problem(path, key, $"has '{text}' at level {level}; a token looks like {new CodeToken(level, 17)}");
            if (id[level].Level != level)
                throw ItemEntries.Problem(path, key, $"has {text} at level {level}; the letter there must be '{(char)('a' + level)}'");
        }
        return id;
    }
}
