using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// One block of SASRec: causal self-attention, then a point-wise feed-forward layer of the same width, each as
/// <c>x + dropout(g(norm(x)))</c> (Kang and McAuley, 2018, section III-C).
/// </summary>
internal sealed class SasRecBlock : nn.Module
{
    private readonly Linear query, key, value, output, inner, outer;
    private readonly LayerNorm attention_norm, feed_forward_norm;
    private readonly int heads;

    public SasRecBlock(SasRecConfig config, ScalarType dtype, Device device)
        : base(nameof(SasRecBlock))
    {
        heads = config.Heads;
        Linear Square() => nn.Linear(config.Width, config.Width, device: device, dtype: dtype);
        (query, key, value, output, inner, outer) = (Square(), Square(), Square(), Square(), Square(), Square());
        attention_norm = nn.LayerNorm(config.Width, device: device, dtype: dtype);
        feed_forward_norm = nn.LayerNorm(config.Width, device: device, dtype: dtype);
        register_module(nameof(query), query);
        register_module(nameof(key), key);
        register_module(nameof(value), value);
        register_module(nameof(output), output);
        register_module(nameof(inner), inner);
        register_module(nameof(outer), outer);
        register_module(nameof(attention_norm), attention_norm);
        register_module(nameof(feed_forward_norm), feed_forward_norm);
    }

    /// <summary><c>[batch, time, width]</c> to the same shape.</summary>
    public Tensor Forward(Tensor input, AttentionPattern pattern, Func<Tensor, Tensor> dropout)
    {
        using var scope = NewDisposeScope();
        var attended = input.Plus(dropout(Attention(attention_norm.call(input), pattern)));
        var hidden = dropout(nn.functional.relu(inner.call(feed_forward_norm.call(attended))));
        return attended.Plus(dropout(outer.call(hidden))).MoveToOuterDisposeScope();
    }

    private Tensor Attention(Tensor input, AttentionPattern pattern)
    {
        var (batch, time, width) = (input.shape[0], input.shape[1], input.shape[2]);
        Tensor Heads(Linear projection) => projection.call(input).view(batch, time, heads, width / heads).transpose(1, 2);

        var queries = Heads(query).Times(1 / Math.Sqrt((double)width / heads));
        var mixed = pattern.Attend(layer: 0, queries, Heads(key), Heads(value)); // the pattern keeps no keys, so it need not know the layer
        return output.call(mixed.transpose(1, 2).reshape(batch, time, width));
    }
}
