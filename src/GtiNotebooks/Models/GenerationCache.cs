using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// Keys and values of a batch of prompts and of all that is generated after them, in buffers of fixed size: a step writes one column and
/// copies nothing. Shorter prompts are padded to the left, so that all rows end in the same column.
/// </summary>
/// <remarks>Written in place, hence without gradients. The buffers belong to the cache, not to a dispose scope.</remarks>
internal sealed class GenerationCache : IDisposable
{
    private readonly (Tensor Keys, Tensor Values)[] layers;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="model">The model it is for.</param>
    /// <param name="capacity">Columns: the longest prompt and what is generated after it.</param>
    /// <param name="padding">Padding tokens to the left of each row, fewer than the row's tokens.</param>
    public GenerationCache(CausalLM model, long capacity, IReadOnlyList<int> padding)
    {
        var (config, dtype) = (model.Config, model.Embedding.Text.dtype);
        long[] shape = [padding.Count, config.KeyValueHeads, capacity, config.HeadWidth];
        Tensor Buffer() => zeros(shape, dtype, model.Device).DetachFromDisposeScope();
        layers = Enumerable.Range(0, config.Layers).Select(_ => (Buffer(), Buffer())).ToArray();
        if (padding.Any(tokens => tokens != 0))
            Padding = tensor(padding.Select(tokens => (long)tokens).ToArray(), device: model.Device).DetachFromDisposeScope();
    }

    /// <summary>Columns in use.</summary>
    public long Length { get; private set; }

    /// <summary>Padding tokens of each row, int64 <c>[batch]</c>; null where no row has any.</summary>
    public Tensor? Padding { get; }

    /// <summary>Writes new keys and values behind those of earlier tokens; returns all of them, <c>[batch, keyValueHeads, columns, width]</c>.</summary>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        var ((allKeys, allValues), time) = (layers[layer], keys.shape[2]);
        allKeys.narrow(2, Length, time).copy_(keys);
        allValues.narrow(2, Length, time).copy_(values);
        return (allKeys.narrow(2, 0, Length + time), allValues.narrow(2, 0, Length + time));
    }

    /// <summary>Counts tokens that every layer has written.</summary>
    public void Advance(long time) => Length += time;

    public void Dispose()
    {
        Padding?.Dispose();
        foreach (var (keys, values) in layers)
        {
            keys.Dispose();
            values.Dispose();
        }
    }
}

/// <summary>New tokens after those in a cache: each sees itself and all before it in its row, but no padding.</summary>
internal sealed class CachedAttention(GenerationCache cache) : AttentionPattern
{
    private Tensor? mask;

    public override Tensor? Padding => cache.Padding;

    public override (long Start, long Count) Positions(long time) => (cache.Length, time);

    public override Tensor Attend(int layer, Tensor queries, Tensor keys, Tensor values, OutputTokens? outputs = null)
    {
        RequireAll(outputs);
        var (allKeys, allValues) = cache.Append(layer, keys, values);
        var scores = Scores(queries, allKeys);
        var time = queries.shape[2];
        if (time > 1 || Padding is not null) // a single token without padding sees everything
            scores = scores.Plus(mask ??= Mask(time, queries.dtype, queries.device).MoveToOuterDisposeScope());
        return Mix(Softmax(scores), allValues);
    }

    // Padding sees itself, for a row of nothing but minus infinity would have no softmax, and its NaN would spread.
    private Tensor Mask(long time, ScalarType dtype, Device device)
    {
        var key = Scalars.Range(0, cache.Length + time, int64, device);
        var query = Scalars.Range(cache.Length, cache.Length + time, int64, device).unsqueeze(1);
        var hidden = key.gt(query);
        if (Padding is { } padding)
            hidden = hidden.bitwise_or(key.lt(padding.view(-1, 1, 1)).bitwise_and(key.ne(query))).unsqueeze(1);
        return zeros(hidden.shape, dtype, device).masked_fill_(hidden, Scalars.MinusInfinity);
    }
}
