using GtiNotebooks.Models;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>Linear layers with ReLU between them; nothing follows the last.</summary>
internal sealed class Mlp : nn.Module
{
    private readonly ModuleList<Linear> layers;

    /// <param name="widths">Of the input, of each hidden layer, of the output.</param>
    /// <param name="device">Of the weights.</param>
    public Mlp(IReadOnlyList<int> widths, Device device)
        : base(nameof(Mlp))
    {
        layers = new ModuleList<Linear>([.. widths.Zip(widths.Skip(1), (from, to) => nn.Linear(from, to, device: device))]);
        register_module(nameof(layers), layers);
    }

    /// <summary>Draws fresh weights: He's uniform (He et al. 2015) before a ReLU, Glorot's before the output; biases 0.</summary>
    public void InitialiseWeights(Generator generator)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        for (var i = 0; i < layers.Count; i++)
        {
            var (output, input) = (layers[i].weight!.shape[0], layers[i].weight!.shape[1]);
            var bound = Math.Sqrt(i < layers.Count - 1 ? 6.0 / input : 6.0 / (input + output));
            SeededDraw.FillUniform(layers[i].weight!, bound, generator);
            layers[i].bias!.zero_();
        }
    }

    /// <summary><c>[batch, first width]</c> to <c>[batch, last width]</c>.</summary>
    /// <param name="input">The input.</param>
    /// <param name="dropout">Applied before every layer but the first.</param>
    public Tensor Forward(Tensor input, Func<Tensor, Tensor> dropout)
    {
        using var scope = NewDisposeScope();
        var state = layers[0].call(input);
        foreach (var layer in layers.Skip(1)) state = layer.call(dropout(nn.functional.relu(state, inplace: true)));
        return state.MoveToOuterDisposeScope();
    }
}
