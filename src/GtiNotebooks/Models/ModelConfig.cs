using System.Text.Json;
using System.Text.Json.Nodes;
using GtiNotebooks.Data;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>The architecture of a Qwen3, Qwen2 or Llama decoder, as its Hugging Face <c>config.json</c> states it.</summary>
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
/// <param name="EndOfTextId">Id of the token that ends a text; the first where <c>config.json</c> lists several.</param>
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
    /// <summary>The family; Qwen3 unless said otherwise.</summary>
    public ModelFamily Family { get; init; }

    /// <summary>Whether the token table is the output head too (<c>tie_word_embeddings</c>); if not, the head is <c>lm_head.weight</c>.</summary>
    public bool TiedHead { get; init; } = true;

    /// <summary>
    /// Whether all four projections of attention have a bias (<c>attention_bias</c> of Qwen3 and Llama). Qwen2 has no such choice: there
    /// queries, keys and values always have one, and the output never.
    /// </summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the three projections of the feed-forward block have a bias (<c>mlp_bias</c>; Llama only).</summary>
    public bool FeedForwardBias { get; init; }

    /// <summary>Llama 3's stretching of positions; null for plain rotary positions.</summary>
    public Llama3RopeScaling? RopeScaling { get; init; }

    internal bool HasQueryKeyNorm => Family == ModelFamily.Qwen3;

    internal bool HasQueryKeyValueBias => Family == ModelFamily.Qwen2 || AttentionBias;

    internal bool HasOutputBias => Family != ModelFamily.Qwen2 && AttentionBias;

    /// <summary>
    /// Reads a <c>config.json</c> of <c>model_type</c> qwen3, qwen2 or llama. What it leaves out has the value that Hugging Face's
    /// configuration class of the family gives it (untied head, theta 10000, no bias, ...); sizes must be there.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// Not JSON, another architecture, a key that is missing or out of range, or one that asks for what is not computed here (sliding
    /// windows, quantised weights, other activations or rotary scalings); the message names the key, its value and what is supported.
    /// </exception>
    public static ModelConfig Load(string path)
    {
        using var stream = File.OpenRead(path);
        return JsonText.Read(stream, path, root => ModelConfigReader.Read(path, root));
    }

    /// <summary>Writes the <c>config.json</c> that Hugging Face's implementation of the family reads.</summary>
    /// <param name="dtype">Type of the stored weights.</param>
    /// <returns>Indented JSON.</returns>
    public string ToJson(ScalarType dtype = ScalarType.Float32)
    {
        var json = new JsonObject { ["architectures"] = new JsonArray(Family.Architecture()), ["model_type"] = Family.ModelType() };
        if (Family != ModelFamily.Qwen2)
            json["attention_bias"] = AttentionBias;
        json["attention_dropout"] = 0.0;
        json["eos_token_id"] = EndOfTextId;
        json["head_dim"] = HeadWidth;
        json["hidden_act"] = "silu";
        json["hidden_size"] = HiddenSize;
        json["initializer_range"] = 0.02;
        json["intermediate_size"] = IntermediateSize;
        json["max_position_embeddings"] = MaxPositions;
        if (Family == ModelFamily.Llama)
            json["mlp_bias"] = FeedForwardBias;
        json["num_attention_heads"] = Heads;
        json["num_hidden_layers"] = Layers;
        json["num_key_value_heads"] = KeyValueHeads;
        json["rms_norm_eps"] = RmsNormEpsilon;
        if (RopeScaling is { } scaling)
            json["rope_scaling"] = ScalingJson(scaling);
        json["rope_theta"] = RopeTheta;
        json["tie_word_embeddings"] = TiedHead;
        json["torch_dtype"] = SafeTensors.TorchName(dtype);
        json["vocab_size"] = VocabularySize;
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
    }

    /// <summary>
    /// How many numbers such a model has, a table that is also the head counted once: the elements of all weights and biases of <see cref="CausalLM"/>.
    /// </summary>
    public long ParameterCount
    {
        get
        {
            long queries = (long)Heads * HeadWidth, keys = (long)KeyValueHeads * HeadWidth, hidden = HiddenSize, inner = IntermediateSize;
            var attention = 2 * hidden * (queries + keys)
                + (HasQueryKeyValueBias ? queries + 2 * keys : 0) + (HasOutputBias ? hidden : 0) + (HasQueryKeyNorm ? 2 * HeadWidth : 0);
            var feedForward = 3 * hidden * inner + (FeedForwardBias ? 2 * inner + hidden : 0);
            return (TiedHead ? 1 : 2) * VocabularySize * hidden + Layers * (attention + feedForward + 2 * hidden) + hidden;
        }
    }

    /// <summary>Checks that the numbers fit together.</summary>
    /// <exception cref="ArgumentException">One does not, or is beyond any decoder's; the message names it.</exception>
    public void Validate()
    {
        foreach (var (name, value, most) in new[]
        {
            ("vocab_size", VocabularySize, 1 << 24), ("hidden_size", HiddenSize, 1 << 18), ("intermediate_size", IntermediateSize, 1 << 20),
            ("num_hidden_layers", Layers, 1 << 10), ("num_attention_heads", Heads, 1 << 12), ("num_key_value_heads", KeyValueHeads, 1 << 12),
            ("head_dim", HeadWidth, 1 << 14), ("max_position_embeddings", MaxPositions, int.MaxValue),
        })
        {
            if (value <= 0)
                throw new ArgumentException($"{name} is {value}; it must be positive");
            if (value > most)
                throw new ArgumentException($"{name} is {value}; at most {most} is supported");
        }

        if (Heads % KeyValueHeads != 0)
            throw new ArgumentException($"num_attention_heads {Heads} must be a multiple of num_key_value_heads {KeyValueHeads}");
        if (HeadWidth % 2 != 0)
            throw new ArgumentException($"head_dim is {HeadWidth}; rotary positions need an even width");
        if (EndOfTextId < 0 || EndOfTextId >= VocabularySize)
            throw new ArgumentException($"eos_token_id is {EndOfTextId}; it must lie in [0, vocab_size {VocabularySize})");
        if (FeedForwardBias && Family != ModelFamily.Llama)
            throw new ArgumentException($"mlp_bias is true; {Family} has no such bias, only Llama does");
        if (AttentionBias && Family == ModelFamily.Qwen2)
            throw new ArgumentException("attention_bias is true; Qwen2 has no such choice: queries, keys and values always have a bias, the output never");
        RopeScaling?.Validate();
    }

    private static JsonObject ScalingJson(Llama3RopeScaling scaling) => new()
    {
        ["factor"] = scaling.Factor,
        ["high_freq_factor"] = scaling.HighFrequencyFactor,
        ["low_freq_factor"] = scaling.LowFrequencyFactor,
        ["original_max_position_embeddings"] = scaling.OriginalMaxPositions,
        ["rope_type"] = "llama3",
    };
}
