using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>What training changed in one part of a model.</summary>
/// <param name="Part">The part, such as "new rows" or "feed-forward blocks".</param>
/// <param name="Numbers">Numbers that it holds.</param>
/// <param name="Changed">Of these, how many are not what they were; -0 and 0 are the same.</param>
/// <param name="LargestChange">Largest absolute difference of a number, 0 where none changed.</param>
public sealed record WeightChanges(string Part, long Numbers, long Changed, double LargestChange)
{
    /// <summary>The rows of new tokens, of the token table and of a separate head.</summary>
    public const string NewRows = "new rows";

    /// <summary>The rows of the tokens that the model was pretrained with, of the token table and of a separate head.</summary>
    public const string PretrainedRows = "pretrained rows";

    /// <summary>Queries, keys, values and outputs, with their norms and adapters.</summary>
    public const string Attention = "attention";

    /// <summary>Gates, up and down projections, with their adapters.</summary>
    public const string FeedForward = "feed-forward";

    /// <summary>All else: the norms of the layers and of the end.</summary>
    public const string Norms = "norms";

    private static readonly string[] Order = [NewRows, PretrainedRows, Attention, FeedForward, Norms];

    /// <summary>Compares a model with a copy of its weights, number by number.</summary>
    /// <param name="before">The copy, of all parameters.</param>
    /// <param name="model">The model, as it is now.</param>
    /// <returns>The parts that the model has: new rows, pretrained rows, attention, feed-forward, norms.</returns>
    /// <exception cref="ArgumentException">The model has a parameter that the copy does not have, or in another shape.</exception>
    public static IReadOnlyList<WeightChanges> Between(WeightSnapshot before, CausalLM model)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(model);
        var fresh = model.NewParameters().ToHashSet(ReferenceEqualityComparer.Instance);
        var old = before.Values.ToDictionary(value => value.Name, value => value.Value);
        return [.. model.named_parameters()
            .Select(p => Compare(fresh.Contains(p.parameter) ? NewRows : PartOf(p.name), p.name, p.parameter, old))
            .GroupBy(change => change.Part)
            .OrderBy(part => Array.IndexOf(Order, part.Key))
            .Select(part => new WeightChanges(part.Key, part.Sum(c => c.Numbers), part.Sum(c => c.Changed), part.Max(c => c.LargestChange)))];
    }

    private static WeightChanges Compare(string part, string name, Tensor now, Dictionary<string, Tensor> old)
    {
        if (!old.TryGetValue(name, out var was) || !was.shape.SequenceEqual(now.shape))
            throw new ArgumentException($"The copy has no parameter {name} of shape [{string.Join(", ", now.shape)}]; it was taken of another model, or before this one was extended");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var difference = now.detach().to(ScalarType.Float64).sub(was.to(ScalarType.Float64)).abs();
        return new WeightChanges(part, now.numel(), difference.ne(Scalars.Zero).sum().item<long>(), difference.max().item<double>());
    }

    private static string PartOf(string name) =>
        name.Contains(".self_attn.", StringComparison.Ordinal) ? Attention
        : name.Contains(".mlp.", StringComparison.Ordinal) ? FeedForward
        : name.Contains("embed_tokens", StringComparison.Ordinal) || name.StartsWith("lm_head", StringComparison.Ordinal) ? PretrainedRows
        : Norms;
}
