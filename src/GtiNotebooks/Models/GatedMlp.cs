using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>The SwiGLU feed-forward block (Shazeer, 2020): <c>down(silu(gate(x)) * up(x))</c>.</summary>
internal sealed class GatedMlp : nn.Module<Tensor, Tensor>
{
    private readonly Projection gate_proj, up_proj, down_proj;

    public GatedMlp(ModelConfig config, ScalarType dtype, Device device)
        : base(nameof(GatedMlp))
    {
        gate_proj = new Projection(config.HiddenSize, config.IntermediateSize, config.FeedForwardBias, dtype, device);
        up_proj = new Projection(config.HiddenSize, config.IntermediateSize, config.FeedForwardBias, dtype, device);
        down_proj = new Projection(config.IntermediateSize, config.HiddenSize, config.FeedForwardBias, dtype, device);
        register_module(nameof(gate_proj), gate_proj);
        register_module(nameof(up_proj), up_proj);
        register_module(nameof(down_proj), down_proj);
    }

    /// <summary>The projections, by the names they are registered under.</summary>
    public IEnumerable<(string Name, Projection Projection)> Projections =>
        [(nameof(gate_proj), gate_proj), (nameof(up_proj), up_proj), (nameof(down_proj), down_proj)];

    /// <summary><c>[batch, time, width]</c> to the same shape.</summary>
    public override Tensor forward(Tensor input) =>
        down_proj.call(nn.functional.silu(gate_proj.call(input)) * up_proj.call(input));
}
