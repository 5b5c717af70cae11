using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using GtiNotebooks.Data;

namespace GtiNotebooks.Bench;

/// <summary>How measurements are kept: one JSON file each, under its kind and date.</summary>
internal static class Records
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true,
    };

    /// <summary>The load average of the last minute; null on systems that keep none.</summary>
    public static double? LoadNow()
    {
        const string file = "/proc/loadavg";
        return File.Exists(file) ? double.Parse(File.ReadAllText(file).Split(' ')[0], CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Writes one into a folder.</summary>
    /// <param name="record">What was measured.</param>
    /// <param name="folder">Where to; made when it is missing.</param>
    /// <param name="kind">Begins the file's name; may be empty.</param>
    /// <param name="date">When it began, UTC; the rest of the name.</param>
    /// <returns>The file.</returns>
    public static string Save<T>(T record, string folder, string kind, DateTime date)
    {
        var path = Path.Combine(folder, kind + date.ToString("yyyy-MM-dd-HHmmss", CultureInfo.InvariantCulture) + ".json");
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, Json) + "\n")));
        return path;
    }
}
