using System.Text.Json;
using GtiNotebooks.Data;

namespace GtiNotebooks.Models;

/// <summary>The keys of a JSON object, read so that whatever is wrong names file and key. A key that is null counts as left out.</summary>
internal sealed class ConfigFields(string path, JsonElement json, string prefix = "")
{
    /// <summary>The file, for messages.</summary>
    public string Path { get; } = path;

    public int Integer(string key) => OptionalInteger(key) ?? throw Refuse(key, "a whole number");

    public int? OptionalInteger(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } e when e.TryGetInt32(out var value) => value,
        _ => throw Refuse(key, "a whole number"),
    };

    public double PositiveNumber(string key) => OptionalPositiveNumber(key) ?? throw Refuse(key, "a positive number");

    public double? OptionalPositiveNumber(string key) => OptionalNumber(key) switch
    {
        <= 0 => throw Refuse(key, "a positive number"),
        var value => value,
    };

    public double? OptionalNumber(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } e when double.IsFinite(e.GetDouble()) => e.GetDouble(),
        _ => throw Refuse(key, "a number"),
    };

    public bool Flag(string key, bool whenLeftOut = false) => Find(key)?.ValueKind switch
    {
        null => whenLeftOut,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Refuse(key, "true or false"),
    };

    public string? OptionalText(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } e => e.GetString(),
        _ => throw Refuse(key, "a string"),
    };

    public JsonElement[]? OptionalList(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } e => [.. e.EnumerateArray()],
        _ => throw Refuse(key, "a list"),
    };

    /// <summary>An integer, or the first of a list of integers; null where there is none.</summary>
    public int? OptionalFirstInteger(string key) => OptionalIntegers(key)?[0];

    /// <summary>A list of integers, or one integer as a list of one; null where there is none.</summary>
    public int[]? OptionalIntegers(string key)
    {
        if (Find(key) is not { ValueKind: JsonValueKind.Array } list)
            return OptionalInteger(key) is { } one ? [one] : null;
        return list.GetArrayLength() > 0 && list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out _))
            ? [.. list.EnumerateArray().Select(e => e.GetInt32())]
            : throw Refuse(key, "a whole number or a list of them");
    }

    public ConfigFields? OptionalChild(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } e => new ConfigFields(Path, e, $"{prefix}{key}."),
        _ => throw Refuse(key, "an object"),
    };

    public bool Has(string key) => Find(key) is not null;

    /// <summary>The exception for a key whose value is not what it must be.</summary>
    public InvalidDataException Refuse(string key, string supported) =>
        FileProblem.In(Path, $"\"{prefix}{key}\" is {(Find(key) is { } found ? JsonText.Shown(found) : "missing")}; supported is {supported}");

    private JsonElement? Find(string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
