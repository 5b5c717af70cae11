using System.Text;
using System.Text.Json;
using GtiNotebooks.Data;

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
        var bytes = ReadBytes(path);
        RequireSchema(path, bytes);
        var record = Parse(path, bytes);
        return StudyRecordCheck.FindProblem(record) is { } problem ? throw new InvalidDataException($"{path}: {problem}") : record;
    }

    private static byte[] ReadBytes(string path)
    {
        using var stream = File.OpenRead(path);
        JsonText.RequireSize(stream, path);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // The version first: of a file from another version, "field x is missing" would be the wrong thing to say.
    private static void RequireSchema(string path, byte[] bytes)
    {
        try
        {
            var json = new Utf8JsonReader(bytes);
            if (!HasSchema(ref json))
            {
                throw new InvalidDataException($"{path}: field 'schema' is missing; this is not a study record.");
            }
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var version) || version != StudyRecord.CurrentSchema)
            {
                var shown = json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                    ? json.TokenType.ToString()
                    : Encoding.UTF8.GetString(json.ValueSpan[..Math.Min(json.ValueSpan.Length, 20)]);
                throw new InvalidDataException($"{path}: field 'schema' is {shown}; this library reads version {StudyRecord.CurrentSchema}.");
            }
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path}, line {problem.LineNumber + 1}: not JSON. {problem.Message}", problem);
        }
        catch (InvalidOperationException problem)
        {
            throw NotUnicode(path, problem);
        }
    }

    /// <summary>Goes to the value of the first field that is named so; whether there is one.</summary>
    private static bool HasSchema(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return false;
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isSchema = json.ValueTextEquals("schema"u8);
            json.Read();
            if (isSchema)
            {
                return true;
            }
            json.Skip();
        }
        return false;
    }

    // An escaped half of a surrogate pair parses, but is no string.
    private static InvalidDataException NotUnicode(string path, InvalidOperationException problem) =>
        new($"{path}: a string is not valid Unicode: {problem.Message}", problem);

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
        catch (InvalidOperationException problem)
        {
            throw NotUnicode(path, problem);
        }
        catch (ArgumentException problem)
        {
            throw new InvalidDataException($"{path}: field '{StudyJson.FieldName(problem.ParamName)}': {problem.Message}", problem);
        }
    }
}
