using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>Root-mean-square normalisation with a learned gain (Zhang and Sennrich, 2019): <c>x / sqrt(mean(x^2) + eps) * weight</c>.</summary>
public sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly double epsilon;

    /// <summary>Makes the layer with unit gains.</summary>
    /// <param name="width">Width of the last dimension.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="dtype">Type of the gains.</param>
    /// <param name="device">Device of the gains.</param>
    public RmsNorm(long width, double epsilon, ScalarType dtype, Device device)
        : base(nameof(RmsNorm))
    {
        this.epsilon = epsilon;
        weight = new Parameter(ones(width, dtype, device));
        register_parameter("weight", weight);
    }

    /// <summary>Normalises the last dimension.</summary>
    /// <param name="input"><c>[..., width]</c>.</param>
    /// <returns><c>[..., width]</c>. The caller disposes it.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var normalised = WithoutGain(input);
        return (is_grad_enabled() || input.dtype != weight.dtype ? normalised * weight : Gain_(normalised)).MoveToOuterDisposeScope();
    }

    /// <summary>Normalises without gains; the result is a tensor of its own.</summary>
    internal Tensor WithoutGain(Tensor input)
    {
        using var least = epsilon.ToScalar();
        var wide = input.Widened();
        return (wide * (wide * wide).mean([-1], keepdim: true).add_(least, Scalars.One).rsqrt_()).As(input.dtype);
    }

    /// <summary>Multiplies by the gains in place.</summary>
    internal Tensor Gain_(Tensor normalised) => normalised.mul_(weight);
}
