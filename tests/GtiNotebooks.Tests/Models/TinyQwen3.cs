using System.Text;
using System.Text.Json;
using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>The tiny extended model of <c>reference/make_tiny_qwen3.py</c>: weights by formula, two spare rows, new ids inside them.</summary>
internal static class TinyQwen3
{
    public static readonly ModelConfig Config = new(
        VocabularySize: 13, HiddenSize: 8, IntermediateSize: 12, Layers: 2, Heads: 4, KeyValueHeads: 2, HeadWidth: 4,
        RmsNormEpsilon: 1e-6, RopeTheta: 10_000, MaxPositions: 64, EndOfTextId: 0);

    public static readonly int[] NewIds = [11, 12, 13, 14, 15];

    public static readonly EncodedPrompt[] Examples =
        [new([1, 4, 7, 11, 2, 12, 15, 0], AnswerStart: 4), new([3, 13, 14, 5, 0], AnswerStart: 2)];

    public static JsonElement Reference() => JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "reference", "tiny_qwen3.json"))).RootElement;

    public static CausalLM Create(ScalarType dtype = ScalarType.Float64, Device? device = null)
    {
        using var scope = NewDisposeScope();
        var model = new CausalLM(Config, dtype, device);
        model.Embedding.Extend(NewIds, zeros(NewIds.Length, Config.HiddenSize, dtype, device ?? CPU));
        using var frozen = no_grad();
        foreach (var (name, parameter) in model.named_parameters())
            parameter.copy_(Formula(name, parameter.shape));
        return model;
    }

    public static Tensor Formula(string name, long[] shape)
    {
        var k = Encoding.UTF8.GetBytes(name).Sum(b => (int)b);
        var count = shape.Aggregate(1L, (a, b) => a * b);
        var offset = shape.Length == 1 ? 1.0 : 0.0;
        var values = Enumerable.Range(0, (int)count).Select(i => Math.Sin(0.7 * i + 0.37 * k) * 0.5 + offset).ToArray();
        return tensor(values).reshape(shape);
    }
}
