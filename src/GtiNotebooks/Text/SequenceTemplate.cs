using System.Text;
using System.Text.Json;
using GtiNotebooks.Data;

namespace GtiNotebooks.Text;

/// <summary>
/// The tokens that a model expects around a text: what the <c>post_processor</c> of a <c>tokenizer.json</c> adds. Llama 3's begins with
/// <c>&lt;|begin_of_text|&gt;</c>; Qwen3-Embedding's ends with <c>&lt;|endoftext|&gt;</c>, which is not the <c>eos_token</c> that its
/// <c>tokenizer_config.json</c> names.
/// </summary>
/// <param name="Before">Token ids before the text.</param>
/// <param name="After">Token ids after the text.</param>
internal sealed record SequenceTemplate(IReadOnlyList<int> Before, IReadOnlyList<int> After)
{
    private const string Field = "tokenizer.json: post_processor";

    /// <summary>Reads a tokenizer's template; nothing is added where it has none.</summary>
    /// <exception cref="InvalidDataException">Of a kind that is not supported, or malformed; the field is named.</exception>
    public static SequenceTemplate Of(Tokenizer tokenizer)
    {
        var json = Encoding.UTF8.GetBytes(tokenizer.Parts.PostProcessor);
        return JsonText.Read(json, Field, root => root.ValueKind == JsonValueKind.Null ? new([], []) : Read(root, tokenizer));
    }

    private static SequenceTemplate Read(JsonElement processor, Tokenizer tokenizer) => TypeOf(processor) switch
    {
        "ByteLevel" => new([], []), // moves offsets only
        "TemplateProcessing" => ReadTemplate(ArrayOf(processor, "single"), tokenizer),
        "Sequence" => ArrayOf(processor, "processors").EnumerateArray().Select(step => Read(step, tokenizer))
            .Aggregate(new SequenceTemplate([], []), (all, next) => new([.. next.Before, .. all.Before], [.. all.After, .. next.After])),
        var type => throw new InvalidDataException($"{Field}.type is '{type}'; only 'ByteLevel', 'TemplateProcessing' and a 'Sequence' of them are supported."),
    };

    private static SequenceTemplate ReadTemplate(JsonElement pieces, Tokenizer tokenizer)
    {
        var (before, after) = (new List<int>(), new List<int>());
        var texts = 0;
        foreach (var piece in pieces.EnumerateArray())
        {
            if (piece.ValueKind == JsonValueKind.Object && piece.TryGetProperty("Sequence", out _))
                texts++;
            else
                (texts == 0 ? before : after).Add(ReadToken(piece, tokenizer));
        }

        return texts == 1 ? new(before, after) : throw new InvalidDataException($"{Field}.single holds the text {texts} times; it should once.");
    }

    private static int ReadToken(JsonElement piece, Tokenizer tokenizer)
    {
        if (piece.ValueKind != JsonValueKind.Object || !piece.TryGetProperty("SpecialToken", out var token) || token.ValueKind != JsonValueKind.Object
            || !token.TryGetProperty("id", out var name) || name.ValueKind != JsonValueKind.String)
            throw new InvalidDataException($"{Field}.single holds {JsonText.Shown(piece)}; expected a Sequence or a SpecialToken with an id.");
        return tokenizer.TryGetId(name.GetString()!, out var id)
            ? id
            : throw new InvalidDataException($"{Field}.single adds '{name.GetString()}', which is no token of this tokenizer.");
    }

    private static string? TypeOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static JsonElement ArrayOf(JsonElement processor, string name) =>
        processor.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list
            : throw new InvalidDataException($"{Field}.{name} should be an array.");
}
