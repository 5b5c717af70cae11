using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>The SwiGLU feed-forward block (Shazeer, 2020): <c>down(silu(gate(x)) * up(x))</c>.</summary>
internal sealed class GatedMlp : nn.Module<Tensor, Tensor>
{
    private readonly Projection gate_proj, up_proj, down_proj;
    private readonly JointProjection gateAndUp;

    public GatedMlp(ModelConfig config, ScalarType dtype, Device device)
        : base(nameof(GatedMlp))
    {
        gateAndUp = new JointProjection(
            config.HiddenSize, [config.IntermediateSize, config.IntermediateSize], config.FeedForwardBias, dtype, device);
        (gate_proj, up_proj) = (gateAndUp.Parts[0], gateAndUp.Parts[1]);
        down_proj = new Projection(config.IntermediateSize, config.HiddenSize, config.FeedForwardBias, dtype, device);
        register_module(nameof(gate_proj), gate_proj);
        register_module(nameof(up_proj), up_proj);
        register_module(nameof(down_proj), down_proj);
    }

    /// <summary>The projections, by the names they are registered under.</summary>
    public IEnumerable<(string Name, Projection Projection)> Projections =>
        [(nameof(gate_proj), gate_proj), (nameof(up_proj), up_proj), (nameof(down_proj), down_proj)];

    /// <summary><c>[batch, time, width]</c> to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        if (!gateAndUp.CanJoin)
            return down_proj.call(nn.functional.silu(gate_proj.call(input)) * up_proj.call(input));
        var both = gateAndUp.Apply(input);
        var (width, last) = (both.shape[^1] / 2, both.ndim - 1);
        return down_proj.call(nn.functional.silu(both.narrow(last, 0, width)).mul_(both.narrow(last, width, width)));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            gateAndUp.Dispose();
        base.Dispose(disposing);
    }
}
