using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>The small conversions between nbformat 4's JSON and our records.</summary>
internal static partial class NotebookJson
{
    // As Jupyter writes: one space, plain Unicode, a newline at the end.
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string ToText(JsonNode root) =>
        EscapedPair().Replace(root.ToJsonString(Format), pair => pair.Groups["before"].Value + Regex.Unescape(pair.Groups["pair"].Value)) + "\n";

    /// <summary>A text in nbformat is one string or a list of lines that keep their newlines.</summary>
    public static string JoinLines(JsonNode? text) => text switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(line => line?.GetValue<string>())),
        _ => text.GetValue<string>(),
    };

    public static JsonArray SplitLines(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add(JsonValue.Create(text[start..next]));
            start = next;
        }
        return lines;
    }

    public static JsonArray ToJson(IEnumerable<CellOutput> outputs) => [.. outputs.Select(output => (JsonNode)ToJson(output))];

    public static IReadOnlyList<CellOutput> FromJson(JsonArray? outputs) =>
        [.. (outputs ?? []).OfType<JsonObject>().Select(FromJson).OfType<CellOutput>()];

    private static JsonObject ToJson(CellOutput output) => output switch
    {
        StreamOutput stream => new() { ["name"] = stream.Name, ["output_type"] = "stream", ["text"] = SplitLines(stream.Text) },
        ResultOutput result => new()
        {
            ["data"] = ToJson(result.Data), ["execution_count"] = result.ExecutionCount,
            ["metadata"] = new JsonObject(), ["output_type"] = "execute_result",
        },
        DisplayOutput display => new()
        {
            ["data"] = ToJson(display.Data), ["metadata"] = new JsonObject(), ["output_type"] = "display_data",
        },
        _ => throw new ArgumentException($"no nbformat form for {output.GetType().Name}", nameof(output)),
    };

    private static JsonObject ToJson(IReadOnlyDictionary<string, string> data)
    {
        var bundle = new JsonObject();
        foreach (var (mime, value) in data.OrderBy(form => form.Key, StringComparer.Ordinal))
            bundle[mime] = IsJson(mime) ? JsonNode.Parse(value) : IsBinary(mime) ? JsonValue.Create(value) : SplitLines(value);
        return bundle;
    }

    private static CellOutput? FromJson(JsonObject output) => output["output_type"]?.GetValue<string>() switch
    {
        "stream" => new StreamOutput(output["name"]?.GetValue<string>() ?? "stdout", JoinLines(output["text"])),
        "execute_result" => new ResultOutput(DataOf(output), output["execution_count"]?.GetValue<int>() ?? 0),
        "display_data" => new DisplayOutput(DataOf(output)),
        "error" => new StreamOutput("stderr", $"{output["ename"]}: {output["evalue"]}\n"),
        _ => null,
    };

    private static Dictionary<string, string> DataOf(JsonObject output) =>
        (output["data"] as JsonObject ?? []).ToDictionary(
            form => form.Key, form => IsJson(form.Key) ? form.Value?.ToJsonString() ?? "null" : JoinLines(form.Value));

    private static bool IsJson(string mime) => mime == "application/json" || mime.EndsWith("+json", StringComparison.Ordinal);

    private static bool IsBinary(string mime) => mime.StartsWith("image/", StringComparison.Ordinal) && mime != "image/svg+xml";

    // The writer escapes what lies beyond the basic plane (emoji); Jupyter does not. An even number of backslashes before it means none.
    [GeneratedRegex(@"(?<!\\)(?<before>(?:\\\\)*)(?<pair>\\uD[89AB][0-9A-F]{2}\\uD[C-F][0-9A-F]{2})", RegexOptions.IgnoreCase)]
    private static partial Regex EscapedPair();
}
