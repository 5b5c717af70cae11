using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>Grouped-query self-attention; in Qwen3 with a norm on each query and key head, in Qwen2 and some Llamas with biases.</summary>
internal sealed class SelfAttention : nn.Module
{
    private readonly Projection q_proj, k_proj, v_proj, o_proj;
    private readonly RmsNorm? q_norm, k_norm;
    private readonly ModelConfig config;

    public SelfAttention(ModelConfig config, ScalarType dtype, Device device)
        : base(nameof(SelfAttention))
    {
        this.config = config;
        Projection Projected(long from, long to, bool bias) => new(from, to, bias, dtype, device);
        q_proj = Projected(config.HiddenSize, config.Heads * config.HeadWidth, config.HasQueryKeyValueBias);
        k_proj = Projected(config.HiddenSize, config.KeyValueHeads * config.HeadWidth, config.HasQueryKeyValueBias);
        v_proj = Projected(config.HiddenSize, config.KeyValueHeads * config.HeadWidth, config.HasQueryKeyValueBias);
        o_proj = Projected(config.Heads * config.HeadWidth, config.HiddenSize, config.HasOutputBias);
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
        var batch = input.shape[0];
        Tensor Heads(Projection projection, Tensor of, int heads) => projection.call(of).view(batch, of.shape[1], heads, config.HeadWidth);

        Tensor Normalised(RmsNorm? norm, Tensor heads) => norm is null ? heads : norm.call(heads);

        var (asking, turns) = outputs is null ? (input, rotary) : (outputs.Choose(input), rotary.Of(outputs));
        var queries = turns.Apply(Normalised(q_norm, Heads(q_proj, asking, config.Heads)).transpose(1, 2));
        var keys = rotary.Apply(Normalised(k_norm, Heads(k_proj, input, config.KeyValueHeads)).transpose(1, 2));
        var values = Heads(v_proj, input, config.KeyValueHeads).transpose(1, 2);
        var mixed = pattern.Attend(layer, queries * (1.0 / Math.Sqrt(config.HeadWidth)), keys, values, outputs);
        return o_proj.call(mixed.transpose(1, 2).reshape(batch, asking.shape[1], config.Heads * config.HeadWidth));
    }
}
