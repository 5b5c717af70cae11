using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>A copy of a model's parameters, to come back to: one start for several runs, or the best of them. Dispose it after use.</summary>
public sealed class WeightSnapshot : IDisposable
{
    private readonly IReadOnlyList<(string Name, Tensor Value)> values;

    private WeightSnapshot(IReadOnlyList<(string Name, Tensor Value)> values) => this.values = values;

    /// <summary>Copies the parameters; the copy stays on their device.</summary>
    /// <param name="model">The model.</param>
    public static WeightSnapshot Take(nn.Module model) => Of(model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)));

    /// <summary>Copies the parameters that require gradients and no others: enough to undo training, at little cost where most are frozen.</summary>
    /// <param name="model">The model.</param>
    public static WeightSnapshot TakeTrained(nn.Module model) =>
        Of(model.named_parameters().Where(p => p.parameter.requires_grad).Select(p => (p.name, (Tensor)p.parameter)));

    /// <summary>The copies, by the parameters' names; they belong to the snapshot.</summary>
    internal IReadOnlyList<(string Name, Tensor Value)> Values => values;

    /// <summary>Copies tensors under the names of parameters.</summary>
    internal static WeightSnapshot Of(IEnumerable<(string Name, Tensor Value)> tensors)
    {
        using var scope = NewDisposeScope(); // for the detached views
        return new WeightSnapshot([.. tensors.Select(t => (t.Name, t.Value.detach().clone().DetachFromDisposeScope()))]);
    }

    /// <summary>Sets the parameters back to the copy.</summary>
    /// <param name="model">The model of which the copy was taken, or one of the same shape.</param>
    /// <exception cref="ArgumentException">A parameter is missing, or has another shape.</exception>
    public void Restore(nn.Module model)
    {
        var parameters = model.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, value) in values)
        {
            if (!parameters.TryGetValue(name, out var parameter) || !parameter.shape.SequenceEqual(value.shape))
                throw new ArgumentException($"The model has no parameter {name} of shape [{string.Join(", ", value.shape)}]", nameof(model));
            parameter.copy_(value);
        }
    }

    /// <summary>Frees the copy.</summary>
    public void Dispose()
    {
        foreach (var (_, value) in values)
            value.Dispose();
    }
}
