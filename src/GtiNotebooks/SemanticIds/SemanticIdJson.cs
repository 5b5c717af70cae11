using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GtiNotebooks.Data;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Our own JSON form of Semantic IDs: unlike <see cref="IndexJson"/> it says how large the codebooks are, hence which codes no item has.
/// </summary>
internal static class SemanticIdJson
{
    private const string Format = "gtinotebooks.semantic-ids";
    private const int Version = 1;
    private const string Expected = $$$"""Semantic IDs, such as {"format": "{{{Format}}}", "version": 1, "codebook_sizes": [256, 256], "items": {"7": [236, 231]}}""";

    /// <summary>The codes in the catalogue's order, <c>[items][levels]</c>, and each level's codebook size.</summary>
    public static (int[][] Codes, int[] CodebookSizes) Read(string path, Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        FileProblem.RequireFile(path, Expected);
        using var stream = File.OpenRead(path);
        return JsonText.Read(stream, path, root => Read(root, path, catalogue));
    }

    /// <summary>Writes one line an item, in the catalogue's order.</summary>
    public static void Write(string path, Catalogue catalogue, SemanticIdMap map) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        text.Write(FormattableString.Invariant(
            $"{{\n  \"format\": \"{Format}\",\n  \"version\": {Version},\n  \"codebook_sizes\": [{string.Join(", ", map.CodebookSizes)}],\n  \"items\": {{"));
        for (var item = 0; item < map.ItemCount; item++)
        {
            var id = JsonEncodedText.Encode(catalogue[item].Id, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
            text.Write($"{(item == 0 ? "" : ",")}\n    \"{id}\": [{string.Join(", ", map.CodesOf(item).Select(token => token.Code))}]");
        }
        text.Write("\n  }\n}\n");
    });

    private static (int[][] Codes, int[] CodebookSizes) Read(JsonElement root, string path, Catalogue catalogue)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String
            || format.GetString() != Format)
            throw FileProblem.In(path, $"should hold {Expected}. A *.index.json of another program is read by {nameof(SemanticIdMap.LoadIndexJson)}.");
        if (!root.TryGetProperty("version", out var version) || version.GetRawText() != "1")
            throw FileProblem.In(path, $"\"version\" is {(version.ValueKind == JsonValueKind.Undefined ? "missing" : version.GetRawText())}; version {Version} is read here.");
        var sizes = ReadSizes(root, path);
        if (!root.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Object)
            throw FileProblem.In(path, "\"items\" should be an object from item id to codes.");
        return (ItemEntries.Read(items, path, catalogue, IndexKeys.ItemIds, (value, key) => ReadCodes(value, sizes, path, key)), sizes);
    }

    private static int[] ReadSizes(JsonElement root, string path)
    {
        var right = root.TryGetProperty("codebook_sizes", out var sizes) && sizes.ValueKind == JsonValueKind.Array
            && sizes.GetArrayLength() is >= 1 and <= CodeToken.MostLevels
            && sizes.EnumerateArray().All(size => TryWhole(size, out var number) && number is >= 1 and <= CodeToken.HighestCode + 1);
        return right
            ? [.. sizes.EnumerateArray().Select(size => size.GetInt32())]
            : throw FileProblem.In(path, $"\"codebook_sizes\" should be 1 to {CodeToken.MostLevels} whole numbers, each from 1 to {CodeToken.HighestCode + 1}.");
    }

    private static int[] ReadCodes(JsonElement value, int[] sizes, string path, string key)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != sizes.Length)
            throw ItemEntries.Problem(path, key, $"must have an array of {sizes.Length} codes, one for each of \"codebook_sizes\"");
        var codes = new int[sizes.Length];
        for (var level = 0; level < sizes.Length; level++)
        {
            if (!TryWhole(value[level], out codes[level]) || codes[level] < 0 || codes[level] >= sizes[level])
                throw ItemEntries.Problem(path, key, $"has {value[level].GetRawText()} at level {level}; a code there is a whole number from 0 to {sizes[level] - 1}");
        }
        return codes;
    }

    private static bool TryWhole(JsonElement element, out int number)
    {
        number = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out number);
    }
}
