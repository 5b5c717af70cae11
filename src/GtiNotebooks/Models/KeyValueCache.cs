using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>Keys and values of a prompt, layer by layer. The tensors belong to the dispose scope in which they were made.</summary>
public sealed class KeyValueCache
{
    private readonly List<(Tensor Keys, Tensor Values)> layers = [];

    /// <summary>Number of cached tokens.</summary>
    public long Length => layers.Count == 0 ? 0 : layers[0].Keys.shape[2];

    /// <summary>One layer's keys and values, each <c>[batch, keyValueHeads, time, width]</c>.</summary>
    /// <param name="layer">Index of the layer.</param>
    internal (Tensor Keys, Tensor Values) this[int layer] => layers[layer];

    internal void Add(Tensor keys, Tensor values) => layers.Add((keys, values));
}

/// <summary>
/// Several branches that continue one cached prompt per row. The tensors belong to the dispose scope in which they were made.
/// </summary>
/// <param name="prompt">The prompt's cache; shared by all branches, never changed.</param>
public sealed class BranchCache(KeyValueCache prompt)
{
    private readonly Dictionary<int, (Tensor Keys, Tensor Values)> own = [];

    /// <summary>Position of the next token.</summary>
    internal long Length => Prompt.Length + Steps;

    internal KeyValueCache Prompt { get; } = prompt;

    private long Steps { get; set; }

    /// <summary>Replaces the branches by copies of chosen ones, as beam search does after each step.</summary>
    /// <param name="parents">Index of the branch that each new branch continues, int64 <c>[batch, branches]</c>.</param>
    public void Reorder(Tensor parents)
    {
        foreach (var (layer, (keys, values)) in own.ToArray())
            own[layer] = (Choose(keys, parents), Choose(values, parents));
    }

    /// <summary>
    /// Adds the new token's keys and values to each branch; returns all of the branch's own. They belong to the scope around the current one, which
    /// is that of one layer.
    /// </summary>
    internal (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        var (k, v) = (keys.unsqueeze(3), values.unsqueeze(3));
        own[layer] = own.TryGetValue(layer, out var before)
            ? (cat(new[] { before.Keys, k }, 3), cat(new[] { before.Values, v }, 3))
            : (k, v);
        own[layer].Keys.MoveToOuterDisposeScope();
        own[layer].Values.MoveToOuterDisposeScope();
        return own[layer];
    }

    internal void Advance() => Steps++;

    private static Tensor Choose(Tensor branches, Tensor parents)
    {
        using var scope = NewDisposeScope();
        var shape = branches.shape; // [batch, groups, branches, steps, width]
        var index = parents.view(parents.shape[0], 1, parents.shape[1], 1, 1)
            .expand(shape[0], shape[1], parents.shape[1], shape[3], shape[4]);
        return branches.gather(2, index).MoveToOuterDisposeScope();
    }
}
