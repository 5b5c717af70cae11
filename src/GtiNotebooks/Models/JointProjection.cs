using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// Projections of one input whose weights lie one behind the other in memory, so that one product can do for all. Each is a parameter of its own,
/// with its own name and gradient, and a view of the whole: what changes one in place changes the whole.
/// </summary>
internal sealed class JointProjection : IDisposable
{
    private readonly Tensor weight; // [all outputs, inputs]
    private readonly Tensor? bias; // [all outputs]
    private readonly nint[] places; // where each part's weight began
    private readonly long[] widths;

    /// <param name="inputs">Width of the input.</param>
    /// <param name="outputs">Width of each part's output.</param>
    /// <param name="hasBias">Whether the parts have biases.</param>
    /// <param name="dtype">Type of the weights.</param>
    /// <param name="device">Device of the weights.</param>
    public JointProjection(long inputs, long[] outputs, bool hasBias, ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        widths = [.. outputs];
        weight = empty(outputs.Sum(), inputs, dtype, device).DetachFromDisposeScope();
        bias = hasBias ? empty(outputs.Sum(), dtype, device).DetachFromDisposeScope() : null;
        Parts = new Projection[outputs.Length];
        for (int part = 0, from = 0; part < outputs.Length; from += (int)outputs[part], part++)
            Parts[part] = Part(from, outputs[part]);
        places = Array.ConvertAll(Parts, part => part.Weight.Handle);
    }

    /// <summary>The projections, in order.</summary>
    public Projection[] Parts { get; }

    /// <summary>
    /// Whether one product gives what the parts would: where gradients are recorded, they must find the parameters; and a weight that was exchanged
    /// for another tensor is no part of the whole any more.
    /// </summary>
    public bool CanJoin
    {
        get
        {
            var can = !is_grad_enabled();
            for (var part = 0; part < Parts.Length; part++)
                can &= Parts[part].Weight.Handle == places[part];
            return can;
        }
    }

    /// <summary><c>[..., inputs]</c> to the parts' outputs side by side, <c>[..., all outputs]</c>.</summary>
    public Tensor Apply(Tensor input)
    {
        var output = Products.Linear(input, weight, bias);
        for (int part = 0, from = 0; part < Parts.Length; from += (int)widths[part], part++)
        {
            if (Parts[part].HasAdapter)
                Parts[part].AddAdapter_(output.narrow(input.ndim - 1, from, widths[part]), input);
        }

        return output;
    }

    public void Dispose()
    {
        weight.Dispose();
        bias?.Dispose();
    }

    private Projection Part(long from, long count)
    {
        // Detached: autograd need not know that these are views. They leave the scope as the parameters that take them over.
        Tensor View(Tensor whole) => whole.narrow(0, from, count).detach().MoveToOuterDisposeScope();

        return new Projection(View(weight), bias is null ? null : View(bias));
    }
}
