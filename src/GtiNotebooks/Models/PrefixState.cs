using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// What a model makes of the tokens a sequence starts with, without gradients: enough to run what follows them, and to predict the token after
/// some of them.
/// </summary>
/// <param name="KeysAndValues"><c>[layers, 2, keyValueHeads, time, width]</c>, keys before values.</param>
/// <param name="Final">Final states of the last tokens, <c>[n, width]</c>; of as many as were asked for, maybe none.</param>
internal sealed record PrefixState(Tensor KeysAndValues, Tensor Final) : IDisposable
{
    /// <summary>Tokens.</summary>
    public int Length { get; } = (int)KeysAndValues.shape[3];

    /// <summary>Memory of the tensors, bytes.</summary>
    public long Bytes => KeysAndValues.NumberOfElements * KeysAndValues.ElementSize + Final.NumberOfElements * Final.ElementSize;

    /// <summary>
    /// Runs the tokens by themselves: in a batch the last bits of a product depend on what else is in it, and these depend on nothing but the
    /// tokens and the weights. The tensors belong to the current dispose scope.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="ids">The tokens, maybe none.</param>
    /// <param name="finalFrom">Index of the first token whose final state is kept; <paramref name="ids"/>' length to keep none.</param>
    public static PrefixState Of(CausalLM model, ReadOnlySpan<int> ids, int finalFrom)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (both, final) = ids.IsEmpty ? Empty(model) : Run(model, ids, finalFrom);
        return new PrefixState(both.MoveToOuterDisposeScope(), final.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        KeysAndValues.Dispose();
        Final.Dispose();
    }

    private static (Tensor KeysAndValues, Tensor Final) Run(CausalLM model, ReadOnlySpan<int> ids, int finalFrom)
    {
        var (config, row) = (model.Config, new long[ids.Length]);
        for (var i = 0; i < ids.Length; i++)
            row[i] = ids[i];
        var hidden = model.Prefill(tensor(row, [1, row.Length], device: model.Device), out var cache);
        var both = stack(Enumerable.Range(0, config.Layers).SelectMany(layer => new[] { cache[layer].Keys, cache[layer].Values }));
        return (
            both.view(config.Layers, 2, config.KeyValueHeads, row.Length, config.HeadWidth),
            hidden.select(0, 0).narrow(0, finalFrom, row.Length - finalFrom).clone()); // a view would keep the whole alive
    }

    private static (Tensor KeysAndValues, Tensor Final) Empty(CausalLM model)
    {
        var (config, dtype) = (model.Config, model.Embedding.Text.dtype);
        return (
            zeros([config.Layers, 2, config.KeyValueHeads, 0, config.HeadWidth], dtype, model.Device),
            zeros([0, config.HiddenSize], dtype, model.Device));
    }
}
