using System.Text.Json;
using System.Text.Json.Serialization;

namespace GtiNotebooks.Studies;

/// <summary>A study as JSON: what the tables show, all numbers in full, for other programs to read.</summary>
public static class StudySummaryJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new NotANumberIsNull(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes the study: data set, options, test rows, every method's <see cref="MethodSummary"/> and the names of its records.</summary>
    /// <param name="summary">The study.</param>
    /// <returns>An indented JSON object; what is not defined, such as the interval of one seed, is null.</returns>
    public static string Write(StudySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return JsonSerializer.Serialize(
            new
            {
                summary.DatasetName,
                summary.Baseline,
                summary.TestRows,
                summary.RowFacts,
                summary.Options,
                summary.Methods,
                Records = summary.Methods.ToDictionary(method => method.Method, method => summary.RecordsOf(method.Method).Select(record => record.FileName)),
            },
            Options) + "\n";
    }

    private sealed class NotANumberIsNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
