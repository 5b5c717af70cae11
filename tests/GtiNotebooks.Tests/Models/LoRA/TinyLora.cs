using System.Text.Json;
using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>The <see cref="TinyModels"/> with the adapters of <c>reference/make_tiny_lora.py</c>.</summary>
internal static class TinyLora
{
    public static readonly LoraOptions Options = new(Rank: 3, Alpha: 6, Dropout: 0);

    public static JsonElement Reference(string variant) => TinyModels.Reference("tiny_lora").GetProperty("models").GetProperty(variant);

    /// <summary>A model whose adapters, B too, have values by formula.</summary>
    public static CausalLM Create(string variant, ScalarType dtype = ScalarType.Float64, LoraOptions? options = null)
    {
        var model = TinyModels.Create(variant, dtype);
        LoraAdapters.Attach(model, options ?? Options, seed: 0);
        TinyModels.FillByFormula(model);
        return model;
    }

    /// <summary>Logits of the examples' first prompt; spare rows that hold minus infinity are 0.</summary>
    public static Tensor Logits(CausalLM model)
    {
        using var frozen = no_grad();
        var logits = model.Logits(model.call(tensor(new long[] { 1, 4, 7, 11, 2, 12, 15, 0 }, [1, 8]))[0]);
        return logits.masked_fill(logits.isfinite().logical_not(), 0);
    }

    public static double Distance(Tensor a, Tensor b) => (a - b).abs().max().ToDouble();

    public static Dictionary<string, byte[]> Bytes(CausalLM model) =>
        model.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach().bytes.ToArray());

    /// <summary>Names of the parameters whose bits differ, in order.</summary>
    public static string[] Moved(Dictionary<string, byte[]> before, CausalLM model) =>
        [.. Bytes(model).Where(p => !p.Value.SequenceEqual(before[p.Key])).Select(p => p.Key).Order(StringComparer.Ordinal)];
}
