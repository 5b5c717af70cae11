using System.Text.Json;

namespace GtiNotebooks.Studies;

/// <summary>Reads records; every failure names the file and the field.</summary>
internal static class StudyRecordReader
{
    public static StudyRecord Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: no such file. It should hold a study record.", path);
        }
        var bytes = File.ReadAllBytes(path);
        RequireSchema(path, bytes);
        var record = Parse(path, bytes);
        return StudyRecordCheck.FindProblem(record) is { } problem ? throw new InvalidDataException($"{path}: {problem}") : record;
    }

    // The version first: of a file from another version, "field x is missing" would be the wrong thing to say.
    private static void RequireSchema(string path, byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("schema", out var schema))
            {
                throw new InvalidDataException($"{path}: field 'schema' is missing; this is not a study record.");
            }
            if (schema.ValueKind != JsonValueKind.Number || !schema.TryGetInt32(out var version) || version != StudyRecord.CurrentSchema)
            {
                throw new InvalidDataException($"{path}: field 'schema' is {schema}; this library reads version {StudyRecord.CurrentSchema}.");
            }
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path}, line {problem.LineNumber + 1}: not JSON. {problem.Message}", problem);
        }
    }

    private static StudyRecord Parse(string path, byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<StudyRecord>(bytes, StudyJson.Options)
                ?? throw new InvalidDataException($"{path}: null is not a study record.");
        }
        catch (JsonException problem)
        {
            var field = problem.Path is null or "$" ? "the record" : $"field '{problem.Path.Replace("$.", "")}'";
            throw new InvalidDataException($"{path}, line {problem.LineNumber + 1}: {field}: {problem.Message}", problem);
        }
        catch (ArgumentException problem)
        {
            throw new InvalidDataException($"{path}: field '{StudyJson.FieldName(problem.ParamName)}': {problem.Message}", problem);
        }
    }
}
