using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using GtiNotebooks.Data;

namespace GtiNotebooks.Bench;

/// <summary>A comparison as it is kept.</summary>
/// <param name="Date">When it began, UTC.</param>
/// <param name="Machine">On what.</param>
/// <param name="Load">The system's load average at the beginning: 0 on a quiet machine; null where it is not known.</param>
/// <param name="Note">What a reader must know, such as other work on the machine; may be empty.</param>
/// <param name="Tasks">All tasks with all their rounds.</param>
internal sealed record ComparisonRecord(DateTime Date, string Machine, double? Load, string Note, IReadOnlyList<TaskComparison> Tasks)
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

    /// <summary>Writes it into a folder, under its date.</summary>
    /// <returns>The file.</returns>
    public string Save(string folder)
    {
        var path = Path.Combine(folder, Date.ToString("yyyy-MM-dd-HHmmss", CultureInfo.InvariantCulture) + ".json");
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, Json) + "\n")));
        return path;
    }
}
