using System.Text;
using System.Text.Json;
using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>The tiny extended models of <c>reference/make_tiny_models.py</c>: weights by formula, two spare rows, new ids inside them.</summary>
internal static class TinyModels
{
    public static readonly int[] NewIds = [11, 12, 13, 14, 15];

    public static readonly EncodedPrompt[] Examples =
        [new([1, 4, 7, 11, 2, 12, 15, 0], AnswerStart: 4), new([3, 13, 14, 5, 0], AnswerStart: 2)];

    public static TheoryData<string> Names => ["tiny_qwen3", "tiny_qwen2", "tiny_llama", "tiny_llama_biased"];

    public static ModelConfig Config(string name) => name switch
    {
        "tiny_qwen3" => Sizes(heads: 4, keyValueHeads: 2, headWidth: 4),
        "tiny_qwen2" => Sizes(heads: 4, keyValueHeads: 2, headWidth: 2) with { Family = ModelFamily.Qwen2, TiedHead = false },
        "tiny_llama" => Sizes(heads: 2, keyValueHeads: 1, headWidth: 8) with
        {
            Family = ModelFamily.Llama, TiedHead = false, RopeScaling = new Llama3RopeScaling(8, 1, 4, 128),
        },
        "tiny_llama_biased" => Sizes(heads: 4, keyValueHeads: 4, headWidth: 2) with
        {
            Family = ModelFamily.Llama, AttentionBias = true, FeedForwardBias = true,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    public static JsonElement Reference(string name) => JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "reference", name + ".json"))).RootElement;

    public static CausalLM Create(string name, ScalarType dtype = ScalarType.Float64)
    {
        using var scope = NewDisposeScope();
        var config = Config(name);
        var model = new CausalLM(config, dtype);
        var rows = zeros(NewIds.Length, config.HiddenSize, dtype);
        model.Extend(NewIds, rows, config.TiedHead ? null : rows);
        FillByFormula(model);
        return model;
    }

    public static void FillByFormula(CausalLM model)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, parameter) in model.named_parameters())
            parameter.copy_(Formula(name, parameter.shape));
    }

    public static Tensor Formula(string name, long[] shape)
    {
        var k = Encoding.UTF8.GetBytes(name).Sum(b => (int)b);
        var count = shape.Aggregate(1L, (a, b) => a * b);
        var offset = shape.Length == 1 ? 1.0 : 0.0;
        var values = Enumerable.Range(0, (int)count).Select(i => Math.Sin(0.7 * i + 0.37 * k) * 0.5 + offset).ToArray();
        return tensor(values).reshape(shape);
    }

    private static ModelConfig Sizes(int heads, int keyValueHeads, int headWidth) => new(
        VocabularySize: 13, HiddenSize: 8, IntermediateSize: 12, Layers: 2, heads, keyValueHeads, headWidth,
        RmsNormEpsilon: 1e-6, RopeTheta: 10_000, MaxPositions: 64, EndOfTextId: 0);
}
