using System.Text.Encodings.Web;
using System.Text.Json;

namespace GtiNotebooks.Text;

/// <summary>Writes <c>tokenizer.json</c>. Merges are written as "left right", which every version of Hugging Face tokenizers reads.</summary>
internal static class TokenizerJsonWriter
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Tokenizer tokenizer, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Layout);
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        Raw(json, "truncation", tokenizer.Parts.Truncation);
        Raw(json, "padding", tokenizer.Parts.Padding);
        json.WriteStartArray("added_tokens");
        foreach (var token in tokenizer.AddedTokens) Write(json, token);
        json.WriteEndArray();
        Raw(json, "normalizer", tokenizer.Parts.Normalizer);
        Raw(json, "pre_tokenizer", tokenizer.Parts.PreTokenizer);
        Raw(json, "post_processor", tokenizer.Parts.PostProcessor);
        Raw(json, "decoder", tokenizer.Parts.Decoder);
        Write(json, tokenizer.Model);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AddedToken token)
    {
        json.WriteStartObject();
        json.WriteNumber("id", token.Id);
        json.WriteString("content", token.Content);
        json.WriteBoolean("single_word", false);
        json.WriteBoolean("lstrip", false);
        json.WriteBoolean("rstrip", false);
        json.WriteBoolean("normalized", token.Normalized);
        json.WriteBoolean("special", token.Special);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BpeModel model)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", model.WholePiecesFirst);
        json.WriteStartObject("vocab");
        for (var id = 0; id < model.Size; id++)
            if (model.TokenOf(id) is { } token) json.WriteNumber(token, id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (var (left, right) in model.Merges) json.WriteStringValue($"{left} {right}");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Raw(Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        using var parsed = JsonDocument.Parse(value);
        parsed.RootElement.WriteTo(json);
    }
}
