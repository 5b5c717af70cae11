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
    public static PrefixState Of(CausalLM model, ReadOnlyMemory<int> ids, int finalFrom) => Of(model, [(ids, finalFrom)])[0];

    /// <summary>Runs several of equal length together. The tensors belong to the current dispose scope, and share their memory.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">At least one: its tokens, and the first one whose final state is kept.</param>
    public static PrefixState[] Of(CausalLM model, IReadOnlyList<(ReadOnlyMemory<int> Ids, int FinalFrom)> rows)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var states = rows[0].Ids.IsEmpty ? [.. rows.Select(_ => Empty(model))] : Run(model, rows);
        return Array.ConvertAll(states, state => new PrefixState(state.KeysAndValues.MoveToOuterDisposeScope(), state.Final.MoveToOuterDisposeScope()));
    }

    public void Dispose()
    {
        KeysAndValues.Dispose();
        Final.Dispose();
    }

    private static (Tensor KeysAndValues, Tensor Final)[] Run(CausalLM model, IReadOnlyList<(ReadOnlyMemory<int> Ids, int FinalFrom)> rows)
    {
        var (config, time) = (model.Config, rows[0].Ids.Length);
        var ids = new long[rows.Count * time];
        var finals = new List<long>();
        for (var row = 0; row < rows.Count; row++)
        {
            for (var t = 0; t < time; t++)
                ids[row * time + t] = rows[row].Ids.Span[t];
            for (var t = rows[row].FinalFrom; t < time; t++)
                finals.Add(row * time + t);
        }

        // Where no final state is kept one is computed all the same, and dropped.
        var outputs = OutputTokens.Of(finals.Count > 0 ? finals : [ids.Length - 1], rows.Count, time, model.Device);
        var hidden = model.Prefill(tensor(ids, [rows.Count, time], device: model.Device), outputs, out var cache);
        var both = stack(Enumerable.Range(0, config.Layers).SelectMany(layer => new[] { cache[layer].Keys, cache[layer].Values }))
            .view(config.Layers, 2, rows.Count, config.KeyValueHeads, time, config.HeadWidth);
        var states = new (Tensor KeysAndValues, Tensor Final)[rows.Count];
        for (int row = 0, from = 0; row < rows.Count; row++)
        {
            var count = time - rows[row].FinalFrom;
            states[row] = (both.select(2, row), hidden.narrow(0, from, count).clone()); // a view would keep the whole alive
            from += count;
        }

        return states;
    }

    private static (Tensor KeysAndValues, Tensor Final) Empty(CausalLM model)
    {
        var (config, dtype) = (model.Config, model.Embedding.Text.dtype);
        return (
            zeros([config.Layers, 2, config.KeyValueHeads, 0, config.HeadWidth], dtype, model.Device),
            zeros([0, config.HiddenSize], dtype, model.Device));
    }
}
