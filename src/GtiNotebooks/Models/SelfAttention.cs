using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>Grouped-query self-attention; in Qwen3 with a norm on each query and key head, in Qwen2 and some Llamas with biases.</summary>
internal sealed class SelfAttention : nn.Module
{
    private readonly Projection q_proj, k_proj, v_proj, o_proj;
    private readonly JointProjection queriesKeysAndValues;
    private readonly RmsNorm? q_norm, k_norm;
    private readonly ModelConfig config;

    public SelfAttention(ModelConfig config, ScalarType dtype, Device device)
        : base(nameof(SelfAttention))
    {
        this.config = config;
        var (queries, others) = ((long)config.Heads * config.HeadWidth, (long)config.KeyValueHeads * config.HeadWidth);
        queriesKeysAndValues = new JointProjection(config.HiddenSize, [queries, others, others], config.HasQueryKeyValueBias, dtype, device);
        (q_proj, k_proj, v_proj) = (queriesKeysAndValues.Parts[0], queriesKeysAndValues.Parts[1], queriesKeysAndValues.Parts[2]);
        o_proj = new Projection(queries, config.HiddenSize, config.HasOutputBias, dtype, device);
        register_module(nameof(q_proj), q_proj);
        register_module(nameof(k_proj), k_proj);
        register_module(nameof(v_proj), v_proj);
        register_module(nameof(o_proj), o_proj);
        if (!config.HasQueryKeyNorm)
            return;
        q_norm = new RmsNorm(config.HeadWidth, config.RmsNormEpsilon, dtype, device);
        k_norm = new RmsNorm(config.HeadWidth, config.RmsNormEpsilon, dtype, device);
        register_module(nameof(q_norm), q_norm);
        register_module(nameof(k_norm), k_norm);
    }

    /// <summary>The projections, by the names they are registered under.</summary>
    public IEnumerable<(string Name, Projection Projection)> Projections =>
        [(nameof(q_proj), q_proj), (nameof(k_proj), k_proj), (nameof(v_proj), v_proj), (nameof(o_proj), o_proj)];

    /// <summary><c>[batch, time, width]</c> to the same shape, or to <c>[batch, most, width]</c> where only some tokens are outputs.</summary>
    public Tensor Forward(Tensor input, int layer, AttentionPattern pattern, RotaryPositions rotary, OutputTokens? outputs)
    {
        var (queries, keys, values) = outputs is null && queriesKeysAndValues.CanJoin ? Jointly(input, rotary) : Apart(input, rotary, outputs);
        var mixed = pattern.Attend(layer, queries, keys, values, outputs);
        return o_proj.call(mixed.transpose(1, 2).reshape(input.shape[0], queries.shape[2], config.Heads * config.HeadWidth));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            queriesKeysAndValues.Dispose();
        base.Dispose(disposing);
    }

    private double Scale => 1.0 / Math.Sqrt(config.HeadWidth);

    // Each [batch, heads, time, width].
    private (Tensor Queries, Tensor Keys, Tensor Values) Apart(Tensor input, RotaryPositions rotary, OutputTokens? outputs)
    {
        Tensor Heads(Projection projection, Tensor of, int heads) => projection.call(of).view(of.shape[0], of.shape[1], heads, config.HeadWidth);

        Tensor Normalised(RmsNorm? norm, Tensor heads) => norm is null ? heads : norm.call(heads);

        var (asking, turns) = outputs is null ? (input, rotary) : (outputs.Choose(input), rotary.Of(outputs));
        var queries = turns.Apply(Normalised(q_norm, Heads(q_proj, asking, config.Heads)).transpose(1, 2));
        var keys = rotary.Apply(Normalised(k_norm, Heads(k_proj, input, config.KeyValueHeads)).transpose(1, 2));
        return (queries.Times(Scale), keys, Heads(v_proj, input, config.KeyValueHeads).transpose(1, 2));
    }

    // The same where no gradient is recorded: one product, one rotation.
    private (Tensor Queries, Tensor Keys, Tensor Values) Jointly(Tensor input, RotaryPositions rotary)
    {
        var (batch, time, asking, answering) = (input.shape[0], input.shape[1], config.Heads, config.KeyValueHeads);
        var all = queriesKeysAndValues.Apply(input).view(batch, time, asking + 2 * answering, config.HeadWidth);
        var heads = all.narrow(2, 0, asking + answering);
        if (q_norm is not null)
        {
            heads = q_norm.WithoutGain(heads);
            q_norm.Gain_(heads.narrow(2, 0, asking));
            k_norm!.Gain_(heads.narrow(2, asking, answering));
        }

        heads = rotary.Apply(heads.transpose(1, 2));
        using var scale = Scale.ToScalar();
        return (
            heads.narrow(1, 0, asking).mul_(scale), heads.narrow(1, asking, answering),
            all.narrow(2, asking + answering, answering).transpose(1, 2));
    }
}
