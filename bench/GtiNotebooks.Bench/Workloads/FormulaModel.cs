using GtiNotebooks.Models;
using GtiNotebooks.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Bench;

/// <summary>The workloads' language model: Qwen3's architecture, weights by formula, the new tokens behind the text tokens.</summary>
internal static class FormulaModel
{
    private static readonly Scalar Scale = 0.035.ToScalar();

    private static readonly (string Formula, string HuggingFace)[] Projections =
    [
        ("q", "self_attn.q_proj"), ("k", "self_attn.k_proj"), ("v", "self_attn.v_proj"), ("o", "self_attn.o_proj"),
        ("gate", "mlp.gate_proj"), ("up", "mlp.up_proj"), ("down", "mlp.down_proj"),
    ];

    /// <summary>New rows stand on the mean of all others, as where a stage of training begins.</summary>
    public static CausalLM WithMeanRows() => Create(Shapes.NewTokens, table => table.mean([0L], keepdim: true).expand(Shapes.NewTokens, -1));

    /// <summary>New rows by formula, as different as trained ones.</summary>
    /// <param name="newTokens">How many.</param>
    public static CausalLM WithDistinctRows(int newTokens = Shapes.NewTokens) =>
        Create(newTokens, _ => Formula.Noise("beam.new", newTokens, Shapes.Model.HiddenSize) * Scale);

    private static CausalLM Create(int newTokens, Func<Tensor, Tensor> newRows)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = new CausalLM(Shapes.Model);
        var weights = model.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        foreach (var norm in weights.Values.Where(weight => weight.ndim == 1))
            norm.fill_(Scalars.One);
        for (var layer = 0; layer < Shapes.Model.Layers; layer++)
        {
            foreach (var (formula, name) in Projections)
                Fill(weights[$"model.layers.{layer}.{name}.weight"], $"layers.{layer}.{formula}");
        }

        Fill(model.Embedding.Text, "embed");
        model.Extend([.. Enumerable.Range(Shapes.TextTokens, newTokens)], newRows(model.Embedding.Text));
        return model;
    }

    private static void Fill(Tensor weight, string name)
    {
        using var noise = Formula.Noise(name, weight.shape);
        weight.copy_(noise.mul_(Scale));
    }
}
