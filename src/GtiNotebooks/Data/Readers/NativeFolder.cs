using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GtiNotebooks.Data;

/// <summary>A target of a published split after filtering.</summary>
/// <param name="IsTest">Test rather than validation.</param>
/// <param name="User">The user's id.</param>
/// <param name="Position">The event's position in the user's history (0-based).</param>
/// <param name="Item">The item's id.</param>
internal readonly record struct NativeTarget(bool IsTest, string User, int Position, string Item);

/// <summary>Writes the files of the native form that <see cref="Dataset.Load"/> reads.</summary>
internal static class NativeFolder
{
    public const string ItemsFile = "items.jsonl", InteractionsFile = "interactions.csv", TargetsFile = "official_targets.csv";

    public const string IndexSuffix = ".index.json";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteItems(string folder, IEnumerable<Item> items) => AtomicFile.Write(Path.Combine(folder, ItemsFile), stream =>
    {
        using var json = new Utf8JsonWriter(stream, Readable);
        foreach (var item in items)
        {
            WriteItem(json, item);
            json.Flush();
            stream.WriteByte((byte)'\n');
            json.Reset();
        }
    });

    /// <summary>Writes the events in the order given.</summary>
    public static void WriteEvents(string folder, EventTable table, int[] events) => WriteLines(folder, InteractionsFile, writer =>
    {
        writer.Write("user_id,item_id,timestamp\n");
        foreach (var (user, item, time) in events.Select(place => table.Events[place]))
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{Field(table.Users[user])},{Field(table.Items[item])},{time}\n"));
        }
    });

    /// <summary>Writes a published split; <c>global_order</c> is the order of its rows in the source.</summary>
    public static void WriteTargets(string folder, IReadOnlyList<NativeTarget> targets) => WriteLines(folder, TargetsFile, writer =>
    {
        writer.Write("split,user_id,position,item_id,global_order\n");
        for (var i = 0; i < targets.Count; i++)
        {
            var (isTest, user, position, item) = targets[i];
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{(isTest ? "test" : "valid")},{Field(user)},{position},{Field(item)},{i}\n"));
        }
    });

    public static void WriteIndex(string folder, SourceCodes codes, IEnumerable<Item> items) => AtomicFile.Write(Path.Combine(folder, codes.FileName), stream =>
    {
        using var json = new Utf8JsonWriter(stream, Readable);
        json.WriteStartObject();
        foreach (var item in items)
        {
            json.WriteStartArray(item.Id);
            foreach (var token in codes.Tokens[item.Id])
            {
                json.WriteStringValue(token);
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    });

    private static void WriteItem(Utf8JsonWriter json, Item item)
    {
        json.WriteStartObject();
        json.WriteString("item_id", item.Id);
        json.WriteString("title", item.Title);
        json.WriteString("description", item.Description);
        foreach (var (name, value) in item.Fields)
        {
            if (IsJson(value))
            {
                json.WritePropertyName(name);
                json.WriteRawValue(value);
            }
            else
            {
                json.WriteString(name, value);
            }
        }
        json.WriteEndObject();
    }

    /// <summary>Whether a field's text is a JSON array or object: an item's fields keep those as JSON text.</summary>
    internal static bool IsJson(string value)
    {
        if (value is not ['[' or '{', ..])
        {
            return false;
        }
        try
        {
            using var document = JsonDocument.Parse(value);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void WriteLines(string folder, string name, Action<TextWriter> write) => AtomicFile.Write(Path.Combine(folder, name), stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
        write(writer);
    });

    private static string Field(string text) => text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
}
