using System.Text;
using System.Text.Json;

namespace GtiNotebooks.Data;

/// <summary>Reads JSON so that whatever is wrong with it becomes an exception that names the file. Nesting and size are bounded.</summary>
internal static class JsonText
{
    /// <summary>The most bytes of a JSON file that is read whole. The largest published tokenizers have some 35 million.</summary>
    public const long MostBytes = 1L << 28;

    /// <summary>How deeply arrays and objects may be nested.</summary>
    public const int MostNesting = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MostNesting };

    /// <summary>Parses a stream and hands its root to a reader.</summary>
    /// <param name="stream">UTF-8 JSON.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="read">Turns the root into a value; the root does not outlive the call.</param>
    /// <exception cref="InvalidDataException">
    /// Longer than <see cref="MostBytes"/>, not JSON (with the line, 1-based), a string that is no Unicode, or what <paramref name="read"/> throws.
    /// </exception>
    public static T Read<T>(Stream stream, string name, Func<JsonElement, T> read)
    {
        RequireSize(stream, name);
        return Read(() => JsonDocument.Parse(stream, Options), name, read);
    }

    /// <summary>Parses a text that is in memory already.</summary>
    /// <inheritdoc cref="Read{T}(Stream, string, Func{JsonElement, T})"/>
    public static T Read<T>(ReadOnlyMemory<byte> json, string name, Func<JsonElement, T> read) => Read(() => JsonDocument.Parse(json, Options), name, read);

    /// <summary>Throws where a file is longer than what is read whole.</summary>
    public static void RequireSize(Stream stream, string name)
    {
        if (stream.CanSeek && stream.Length > MostBytes)
            throw FileProblem.In(name, FormattableString.Invariant($"has {stream.Length:N0} bytes; JSON is read up to {MostBytes:N0}."));
    }

    /// <summary>A value as messages show it: its text, shortened where it is long.</summary>
    public static string Shown(JsonElement value)
    {
        const int most = 200;
        var text = value.ValueKind == JsonValueKind.Undefined ? "missing" : value.GetRawText();
        return text.Length <= most ? text : new StringBuilder(text, 0, most, most + 3).Append("...").ToString();
    }

    private static T Read<T>(Func<JsonDocument> parse, string name, Func<JsonElement, T> read)
    {
        try
        {
            using var document = parse();
            return read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}, line {(e.LineNumber ?? 0) + 1}: not JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // An escaped half of a surrogate pair parses, but is no string.
            throw new InvalidDataException($"{name}: a string is not valid Unicode, or a value is of another kind than it must be: {e.Message}", e);
        }
    }
}
