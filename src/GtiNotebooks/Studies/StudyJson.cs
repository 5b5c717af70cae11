using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Training;

namespace GtiNotebooks.Studies;

/// <summary>How records look as JSON: camelCase, indented, number lists and small rows on one line each, every field required on reading but those that are left out where they are null.</summary>
internal static class StudyJson
{
    /// <summary>The serialiser's options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The JSON name of a property.</summary>
    public static string FieldName(string? property) => property is null ? "?" : JsonNamingPolicy.CamelCase.ConvertName(property);

    private static JsonSerializerOptions Create()
    {
        var options = Strict();
        options.WriteIndented = true;
        options.NewLine = "\n";
        options.Converters.Add(new NumberListConverter<double>());
        options.Converters.Add(new NumberListConverter<int>());
        options.Converters.Add(new RowListConverter<DataFile>(Strict()));
        options.Converters.Add(new OneLineConverter<StudyModel>(Strict()));
        options.Converters.Add(new RowListConverter<StageCost>(Strict()));
        options.Converters.Add(new RowListConverter<MetricValue>(Strict()));
        options.Converters.Add(new RowListConverter<RsaLevel>(Strict()));
        options.Converters.Add(new RowListConverter<GridPoint>(Strict()));
        options.Converters.Add(new RowListConverter<ValidationScore>(Strict()));
        options.Converters.Add(new OneLineConverter<EarlyStopping>(Strict()));
        options.Converters.Add(new OneLineConverter<TestRowFacts>(Strict()));
        options.Converters.Add(new OneLineConverter<CatalogueUse>(Strict()));
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions Strict() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireAll } },
    };

    // A missing option must not quietly become today's default: the run may have had another one. What is left out where it is null says so by itself.
    private static void RequireAll(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object)
        {
            foreach (var property in type.Properties.Where(property => property.Set is not null))
            {
                property.IsRequired = property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: false) is not true;
            }
        }
    }
}
