using System.Text.Json;

namespace GtiNotebooks.Data;

/// <summary>Reads JSON so that whatever is wrong with it becomes an exception that names the file.</summary>
internal static class JsonText
{
    /// <summary>Parses a stream and hands its root to a reader.</summary>
    /// <param name="stream">UTF-8 JSON.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="read">Turns the root into a value; the root does not outlive the call.</param>
    /// <exception cref="InvalidDataException">Not JSON (with the line, 1-based), a string that is no Unicode, or what <paramref name="read"/> throws.</exception>
    public static T Read<T>(Stream stream, string name, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(stream);
            return read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}, line {(e.LineNumber ?? 0) + 1}: not JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // An escaped half of a surrogate pair parses, but is no string.
            throw new InvalidDataException($"{name}: a string is not valid Unicode: {e.Message}", e);
        }
    }
}
