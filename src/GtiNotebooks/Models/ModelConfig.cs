using System.Text.Json;
using System.Text.Json.Nodes;

namespace GtiNotebooks.Models;

/// <summary>The architecture of a Qwen3 decoder, as its Hugging Face <c>config.json</c> states it.</summary>
/// <param name="VocabularySize">Rows of the embedding table; real checkpoints have more rows than their tokenizer has tokens.</param>
/// <param name="HiddenSize">Width of the residual stream.</param>
/// <param name="IntermediateSize">Width inside the gated feed-forward block.</param>
/// <param name="Layers">Number of decoder layers.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key and value heads; divides <paramref name="Heads"/>.</param>
/// <param name="HeadWidth">Width of one head; even, because rotary positions turn pairs.</param>
/// <param name="RmsNormEpsilon">Added to the mean square before the root.</param>
/// <param name="RopeTheta">Base of the rotary frequencies.</param>
/// <param name="MaxPositions">Longest sequence the model was made for.</param>
/// <param name="EndOfTextId">Id of the token that ends a text.</param>
public sealed record ModelConfig(
    int VocabularySize,
    int HiddenSize,
    int IntermediateSize,
    int Layers,
    int Heads,
    int KeyValueHeads,
    int HeadWidth,
    double RmsNormEpsilon,
    double RopeTheta,
    int MaxPositions,
    int EndOfTextId)
{
    private const string Architecture = "Qwen3ForCausalLM";

    /// <summary>Reads a <c>config.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not JSON, names another architecture, or a key is missing or out of range.</exception>
    public static ModelConfig Load(string path)
    {
        JsonElement root;
        try
        {
            root = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: not valid JSON ({e.Message})", e);
        }

        var reader = new ConfigReader(path, root);
        reader.Require("architectures", Architecture);
        reader.RequireTrue("tie_word_embeddings");
        var config = new ModelConfig(
            reader.Integer("vocab_size"), reader.Integer("hidden_size"), reader.Integer("intermediate_size"),
            reader.Integer("num_hidden_layers"), reader.Integer("num_attention_heads"),
            reader.Integer("num_key_value_heads"), reader.Integer("head_dim"),
            reader.Number("rms_norm_eps"), reader.Number("rope_theta"),
            reader.Integer("max_position_embeddings"), reader.Integer("eos_token_id"));
        try
        {
            config.Validate();
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }

        return config;
    }

    /// <summary>Writes the <c>config.json</c> that Hugging Face's Qwen3 implementation reads.</summary>
    /// <returns>Indented JSON.</returns>
    public string ToJson() => new JsonObject
    {
        ["architectures"] = new JsonArray(Architecture),
        ["model_type"] = "qwen3",
        ["attention_bias"] = false,
        ["attention_dropout"] = 0.0,
        ["eos_token_id"] = EndOfTextId,
        ["head_dim"] = HeadWidth,
        ["hidden_act"] = "silu",
        ["hidden_size"] = HiddenSize,
        ["initializer_range"] = 0.02,
        ["intermediate_size"] = IntermediateSize,
        ["max_position_embeddings"] = MaxPositions,
        ["num_attention_heads"] = Heads,
        ["num_hidden_layers"] = Layers,
        ["num_key_value_heads"] = KeyValueHeads,
        ["rms_norm_eps"] = RmsNormEpsilon,
        ["rope_theta"] = RopeTheta,
        ["tie_word_embeddings"] = true,
        ["torch_dtype"] = "float32",
        ["vocab_size"] = VocabularySize,
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";

    /// <summary>Checks that the numbers fit together.</summary>
    /// <exception cref="ArgumentException">One does not; the message names it.</exception>
    public void Validate()
    {
        foreach (var (name, value) in new[]
        {
            ("vocab_size", VocabularySize), ("hidden_size", HiddenSize), ("intermediate_size", IntermediateSize),
            ("num_hidden_layers", Layers), ("num_attention_heads", Heads), ("num_key_value_heads", KeyValueHeads),
            ("head_dim", HeadWidth), ("max_position_embeddings", MaxPositions),
        })
        {
            if (value <= 0)
                throw new ArgumentException($"{name} is {value}; it must be positive");
        }

        if (Heads % KeyValueHeads != 0)
            throw new ArgumentException($"num_attention_heads {Heads} must be a multiple of num_key_value_heads {KeyValueHeads}");
        if (HeadWidth % 2 != 0)
            throw new ArgumentException($"head_dim is {HeadWidth}; rotary positions need an even width");
        if (EndOfTextId < 0 || EndOfTextId >= VocabularySize)
            throw new ArgumentException($"eos_token_id is {EndOfTextId}; it must lie in [0, vocab_size {VocabularySize})");
    }

    private sealed class ConfigReader(string path, JsonElement root)
    {
        public void Require(string key, string only)
        {
            var found = Find(key) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 1 ? list[0].ToString() : null;
            if (found != only)
                throw new InvalidDataException($"{path}: \"{key}\" is {Find(key)?.ToString() ?? "missing"}; supported is [\"{only}\"]");
        }

        public void RequireTrue(string key)
        {
            if (Find(key)?.ValueKind != JsonValueKind.True)
                throw new InvalidDataException($"{path}: \"{key}\" must be true; a separate output head is not supported");
        }

        public int Integer(string key) => Find(key) is { ValueKind: JsonValueKind.Number } e && e.TryGetInt32(out var value)
            ? value
            : throw new InvalidDataException($"{path}: \"{key}\" must be a whole number, found {Find(key)?.ToString() ?? "nothing"}");

        public double Number(string key) => Find(key) is { ValueKind: JsonValueKind.Number } e && e.GetDouble() > 0
            ? e.GetDouble()
            : throw new InvalidDataException($"{path}: \"{key}\" must be a positive number, found {Find(key)?.ToString() ?? "nothing"}");

        private JsonElement? Find(string key) =>
            root.ValueKind == JsonValueKind.Object && root.TryGetProperty(key, out var value) ? value : null;
    }
}
