using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>Which keys each query sees, and where keys and values of earlier tokens come from.</summary>
internal abstract class AttentionPattern
{
    /// <summary>Position of the first of the new tokens, and how many distinct positions they have.</summary>
    public abstract (long Start, long Count) Positions(long time);

    /// <summary>By how much each row's positions are behind, as padding tokens to its left put them, int64 <c>[batch]</c>; null where none is.</summary>
    public virtual Tensor? Padding => null;

    /// <summary>Attends in one layer.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="queries"><c>[batch, heads, time, width]</c>, already scaled and turned to their positions.</param>
    /// <param name="keys"><c>[batch, keyValueHeads, time, width]</c>.</param>
    /// <param name="values">As <paramref name="keys"/>.</param>
    /// <param name="outputs">Which of the tokens the queries belong to; null where to all. Only patterns of several new tokens can choose.</param>
    /// <returns><c>[batch, heads, time, width]</c>.</returns>
    /// <remarks>Called within the dispose scope of one layer; what further layers or steps need is moved to the scope around it.</remarks>
    public abstract Tensor Attend(int layer, Tensor queries, Tensor keys, Tensor values, OutputTokens? outputs = null);

    /// <summary>Refuses to choose among tokens.</summary>
    protected static void RequireAll(OutputTokens? outputs)
    {
        if (outputs is not null)
            throw new NotSupportedException("Every new token of this pattern is an output");
    }

    /// <summary>Query-key products with grouped heads, without repeating the keys: <c>[batch, heads, time, keys]</c>.</summary>
    protected static Tensor Scores(Tensor queries, Tensor keys)
    {
        var (batch, heads, time) = (queries.shape[0], queries.shape[1], queries.shape[2]);
        var (groups, width) = (keys.shape[1], keys.shape[3]);
        return queries.reshape(batch * groups, heads / groups * time, width)
            .bmm(keys.transpose(2, 3).reshape(batch * groups, width, keys.shape[2]))
            .view(batch, heads, time, keys.shape[2]);
    }

    /// <summary>What each query attends to, in the type of its scores.</summary>
    protected static Tensor Softmax(Tensor scores) => scores.Widened().softmax(-1).As(scores.dtype);

    /// <summary>Values weighted by attention: <c>[batch, heads, time, width]</c>.</summary>
    protected static Tensor Mix(Tensor weights, Tensor values)
    {
        var (batch, heads, time, count) = (weights.shape[0], weights.shape[1], weights.shape[2], weights.shape[3]);
        var (groups, width) = (values.shape[1], values.shape[3]);
        return weights.reshape(batch * groups, heads / groups * time, count)
            .bmm(values.reshape(batch * groups, count, width))
            .view(batch, heads, time, width);
    }
}

/// <summary>Every token sees itself and all before it. Padding to the right needs no mask: nothing real looks at it.</summary>
internal class CausalAttention : AttentionPattern
{
    private Tensor? mask;

    public override (long Start, long Count) Positions(long time) => (0, time);

    public override Tensor Attend(int layer, Tensor queries, Tensor keys, Tensor values, OutputTokens? outputs = null)
    {
        var time = keys.shape[2];
        mask ??= full(new[] { time, time }, Scalars.MinusInfinity, queries.dtype, queries.device).triu(1).MoveToOuterDisposeScope();
        return Mix(Softmax(Scores(queries, keys).Plus(outputs is null ? mask : outputs.ChooseRows(mask))), values);
    }
}

/// <summary>Causal attention that keeps each layer's keys and values for the tokens to come.</summary>
internal sealed class PrefillAttention(KeyValueCache cache) : CausalAttention
{
    public override Tensor Attend(int layer, Tensor queries, Tensor keys, Tensor values, OutputTokens? outputs = null)
    {
        // Copies where they are views of more than themselves, which would stay alive with them.
        (keys, values) = (keys.contiguous(), values.contiguous());
        cache.Add(keys.MoveToOuterDisposeScope(), values.MoveToOuterDisposeScope());
        return base.Attend(layer, queries, keys, values, outputs);
    }
}

/// <summary>
/// One new token for each of several branches (beams) of every row. All branches share the prompt's keys and values, which
/// are neither copied nor repeated; each sees the tokens of its own branch besides.
/// </summary>
internal sealed class BranchAttention(BranchCache cache) : AttentionPattern
{
    public override (long Start, long Count) Positions(long time) => (cache.Length, 1);

    public override Tensor Attend(int layer, Tensor queries, Tensor keys, Tensor values, OutputTokens? outputs = null)
    {
        RequireAll(outputs);
        var (promptKeys, promptValues) = cache.Prompt[layer];
        var (ownKeys, ownValues) = cache.Append(layer, keys, values); // [batch, groups, branches, steps, width]
        var (batch, heads, branches, width) = (queries.shape[0], queries.shape[1], queries.shape[2], queries.shape[3]);
        var (groups, steps, prompt) = (ownKeys.shape[1], ownKeys.shape[3], promptKeys.shape[2]);

        var grouped = queries.reshape(batch, groups, heads / groups, branches, 1, width);
        var ownScores = (grouped * ownKeys.unsqueeze(2)).sum(-1).view(batch, heads, branches, steps);
        var weights = Softmax(cat(new[] { Scores(queries, promptKeys), ownScores }, 3));

        var fromPrompt = Mix(weights.narrow(3, 0, prompt), promptValues);
        var own = weights.narrow(3, prompt, steps).reshape(batch, groups, heads / groups, branches, steps, 1);
        return fromPrompt.Plus((own * ownValues.unsqueeze(2)).sum(-2).view(batch, heads, branches, width));
    }
}
