using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>One pre-norm decoder layer: attention, then feed-forward, each added to the residual stream.</summary>
internal sealed class DecoderLayer : nn.Module
{
    private readonly SelfAttention self_attn;
    private readonly GatedMlp mlp;
    private readonly RmsNorm input_layernorm, post_attention_layernorm;

    public DecoderLayer(ModelConfig config, ScalarType dtype, Device device)
        : base(nameof(DecoderLayer))
    {
        self_attn = new SelfAttention(config, dtype, device);
        mlp = new GatedMlp(config, dtype, device);
        input_layernorm = new RmsNorm(config.HiddenSize, config.RmsNormEpsilon, dtype, device);
        post_attention_layernorm = new RmsNorm(config.HiddenSize, config.RmsNormEpsilon, dtype, device);
        register_module(nameof(self_attn), self_attn);
        register_module(nameof(mlp), mlp);
        register_module(nameof(input_layernorm), input_layernorm);
        register_module(nameof(post_attention_layernorm), post_attention_layernorm);
    }

    /// <summary>The projections of attention, then those of the feed-forward block, by the names they are registered under.</summary>
    public IEnumerable<(string Name, Projection Projection)> Projections => self_attn.Projections
        .Select(p => ($"{nameof(self_attn)}.{p.Name}", p.Projection))
        .Concat(mlp.Projections.Select(p => ($"{nameof(mlp)}.{p.Name}", p.Projection)));

    /// <summary><c>[batch, time, width]</c> to the same shape, or to <c>[batch, most, width]</c> where only some tokens are outputs.</summary>
    public Tensor Forward(Tensor input, int layer, AttentionPattern pattern, RotaryPositions rotary, OutputTokens? outputs = null)
    {
        // What a layer leaves behind is freed with it, but for what gradients and caches hold: memory that is used again is still in the cache.
        using var scope = NewDisposeScope();
        var stream = outputs is null ? input : outputs.Choose(input);
        var attended = stream.Plus(self_attn.Forward(input_layernorm.call(input), layer, pattern, rotary, outputs));
        return attended.Plus(mlp.call(post_attention_layernorm.call(attended))).MoveToOuterDisposeScope();
    }
}
