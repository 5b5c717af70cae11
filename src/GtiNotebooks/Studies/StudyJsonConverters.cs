using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>A list of numbers on one line; in an indented file each number would take a line of its own.</summary>
internal sealed class NumberListConverter<T> : JsonConverter<IReadOnlyList<T>> where T : struct, INumber<T>
{
    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonNumbers.Read<T>(ref reader);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) => JsonNumbers.Write(writer, value);
}

/// <summary>A small object on one line of an indented file.</summary>
internal sealed class OneLineConverter<T>(JsonSerializerOptions inner) : JsonConverter<T>
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonNested.Read<T>(ref reader, inner);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteRawValue(JsonSerializer.Serialize(value, inner), skipInputValidation: true);
}

/// <summary>A list of small objects, one on each line: a table that people can read and that diffs by rows.</summary>
internal sealed class RowListConverter<T>(JsonSerializerOptions inner) : JsonConverter<IReadOnlyList<T>>
{
    // What is said about null in the types (RespectNullableAnnotations) is not asked of a list's entries.
    public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var rows = JsonNested.Read<T[]>(ref reader, inner) ?? [];
        var missing = Array.FindIndex(rows, row => row is null);
        return missing < 0 ? rows : throw new JsonException($"entry {missing} is null.");
    }

    // WriteRawValue does not indent inside a list, so the line ends are ours.
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        var end = "\n" + new string(' ', options.IndentSize * writer.CurrentDepth);
        var start = end + new string(' ', options.IndentSize);
        var rows = value.Select(row => start + JsonSerializer.Serialize(row, inner));
        writer.WriteRawValue(value.Count == 0 ? "[]" : $"[{string.Join(",", rows)}{end}]", skipInputValidation: true);
    }
}

/// <summary>Ranked targets as two lists, <c>first</c> and <c>groupSize</c>: one pair a test row would triple the file.</summary>
internal sealed class RankedTargetsConverter : JsonConverter<IReadOnlyList<RankedTarget>>
{
    private sealed record Columns(IReadOnlyList<int> First, IReadOnlyList<int> GroupSize);

    public override IReadOnlyList<RankedTarget> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var columns = JsonNested.Read<Columns>(ref reader, options) ?? throw new JsonException("null is not a list of ranks.");
        return columns.First.Count == columns.GroupSize.Count
            ? Enumerable.Range(0, columns.First.Count).Select(row => new RankedTarget(columns.First[row], columns.GroupSize[row])).ToArray()
            : throw new JsonException($"'first' has {columns.First.Count} rows and 'groupSize' {columns.GroupSize.Count}.");
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<RankedTarget> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(
            writer, new Columns([.. value.Select(rank => rank.FirstRank)], [.. value.Select(rank => rank.GroupSize)]), options);
}

/// <summary>Reading an object inside a converter.</summary>
internal static class JsonNested
{
    // A JsonException that already has a path keeps it, and the inner path ("$.name") does not say where in the file that is. So the inner
    // path moves into the message, and the outer serialiser adds its own.
    public static T? Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(ref reader, options);
        }
        catch (JsonException problem)
        {
            throw new JsonException($"{problem.Path?.TrimStart('$', '.')}: {problem.Message}".TrimStart(':', ' '));
        }
    }
}

/// <summary>Lists of numbers in JSON.</summary>
internal static class JsonNumbers
{
    public static T[] Read<T>(ref Utf8JsonReader reader) where T : struct, INumber<T>
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("a list of numbers is expected.");
        }
        var numbers = new T[Count(reader)];
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            numbers[i] = ReadOne<T>(ref reader, i);
        }
        return numbers;
    }

    // The reader is a copy: the list is read twice, so that no memory is taken but its own.
    private static int Count(Utf8JsonReader reader)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            reader.Skip();
        }
        return count;
    }

    public static void Write<T>(Utf8JsonWriter writer, IReadOnlyList<T> numbers) where T : struct, INumber<T>
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < numbers.Count; i++)
        {
            if (!T.IsFinite(numbers[i]))
            {
                throw new InvalidOperationException($"Number {i} of a list is {numbers[i]}; a record holds finite numbers only.");
            }
            // The shortest text that reads back as the same number.
            text.Append(i == 0 ? "" : ", ").Append(numbers[i].ToString(null, CultureInfo.InvariantCulture));
        }
        writer.WriteRawValue(text.Append(']').ToString(), skipInputValidation: true);
    }

    private static T ReadOne<T>(ref Utf8JsonReader reader, int index) where T : struct, INumber<T>
    {
        // The text, not a double: 2.5 must not pass for a whole number.
        return reader.TokenType == JsonTokenType.Number && T.TryParse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value)
            ? value
            : throw new JsonException($"entry {index} is not {(typeof(T) == typeof(int) ? "a whole number" : "a finite number")}.");
    }
}
