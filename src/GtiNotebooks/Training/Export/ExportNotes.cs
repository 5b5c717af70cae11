using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GtiNotebooks.Data;

namespace GtiNotebooks.Training;

/// <summary>What <c>export.json</c> says of an exported folder; its scripts read it.</summary>
public sealed record ExportNotes
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "export.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Name of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>The files that were read, with their hashes; those of the Semantic IDs among them.</summary>
    public required IReadOnlyList<DataFile> Files { get; init; }

    /// <summary>How events were split.</summary>
    public required string Split { get; init; }

    /// <summary>What gave the new rows their values.</summary>
    public required string Start { get; init; }

    /// <summary>Seed of the new rows and of the order of the prompts.</summary>
    public required int Seed { get; init; }

    /// <summary>The token that ends a completion.</summary>
    public required string EndToken { get; init; }

    /// <summary>Tokens of the longest prompt with its completion, over all files.</summary>
    public required int LongestTokens { get; init; }

    /// <summary>The files of prompts.</summary>
    public required IReadOnlyDictionary<string, PromptLineCounts> Prompts { get; init; }

    /// <summary>The new tokens and their ids.</summary>
    public required IReadOnlyDictionary<string, int> NewTokens { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}
