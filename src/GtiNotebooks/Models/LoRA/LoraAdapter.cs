using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// The two low-rank matrices beside one projection: <c>y = W x + alpha / rank * B A dropout(x)</c> (Hu et al., 2021, section 4.1). They are
/// float32 beside weights of 16 bits, and compute in that.
/// </summary>
internal sealed class LoraAdapter : IDisposable
{
    private readonly Projection target;
    private readonly double scaling;
    private readonly SeededDropout? dropout;
    private Tensor? weightBefore;

    /// <summary>Draws A uniform in ±1/sqrt(inputs), which is Kaiming's with a = sqrt(5) as PEFT has it, and sets B to zero.</summary>
    /// <param name="name">Name of the projection's module.</param>
    /// <param name="target">The projection.</param>
    /// <param name="options">Rank and scaling.</param>
    /// <param name="dropout">Of all adapters of a model; null where nothing is dropped.</param>
    /// <param name="generator">Draws A; see <see cref="SeededDraw"/>.</param>
    public LoraAdapter(string name, Projection target, LoraOptions options, SeededDropout? dropout, Generator generator)
    {
        (Name, this.target, scaling, this.dropout) = (name, target, options.Scaling, dropout);
        var weight = target.Weight;
        var (outputs, inputs, dtype) = (weight.shape[0], weight.shape[1], weight.dtype.Widened());
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        A = Layer(empty(options.Rank, inputs, dtype, weight.device));
        SeededDraw.FillUniform(A.Weight, 1 / Math.Sqrt(inputs), generator);
        B = Layer(zeros(outputs, options.Rank, dtype, weight.device));
    }

    public string Name { get; }

    /// <summary>Weight <c>[rank, inputs]</c>.</summary>
    public Projection A { get; }

    /// <summary>Weight <c>[outputs, rank]</c>.</summary>
    public Projection B { get; }

    public bool IsMerged { get; private set; }

    public IEnumerable<Parameter> Parameters => [A.Weight, B.Weight];

    /// <summary>What the adapter adds to the projection's output, <c>[..., outputs]</c>, in its own type.</summary>
    /// <param name="input"><c>[..., inputs]</c>.</param>
    /// <param name="training">Whether the projection is in training mode; dropout needs that, and gradients that reach the adapter.</param>
    public Tensor Change(Tensor input, bool training)
    {
        var wide = input.As(A.Weight.dtype);
        if (dropout is not null && training && is_grad_enabled() && A.Weight.requires_grad)
            wide = dropout.Apply(wide);
        return B.call(A.call(wide)).Times(scaling);
    }

    public void Attach() => target.Attach(this);

    /// <summary>Adds the adapter to the weight, and keeps the weight as it was.</summary>
    public void Merge()
    {
        using var scope = NewDisposeScope();
        weightBefore = target.Weight.detach().clone().DetachFromDisposeScope();
        MergeForGood();
    }

    /// <summary>Adds the adapter to the weight.</summary>
    public void MergeForGood()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        target.Weight.copy_(target.Weight.Widened().Plus(B.Weight.mm(A.Weight).Times(scaling)));
        IsMerged = true;
    }

    /// <summary>Gives the weight back what it was: a copy, because subtracting would leave rounding behind.</summary>
    public void Unmerge()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        target.Weight.copy_(weightBefore!);
        Forget();
        IsMerged = false;
    }

    /// <summary>Takes the adapter off the projection and frees it.</summary>
    public void Detach()
    {
        target.Detach();
        A.Dispose();
        B.Dispose();
        Dispose();
    }

    /// <summary>Frees what belongs to no module.</summary>
    public void Dispose() => Forget();

    private void Forget()
    {
        weightBefore?.Dispose();
        weightBefore = null;
    }

    // Not TorchSharp's Linear, whose native module stays in memory when it is disposed.
    private static Projection Layer(Tensor weight) => new(weight.DetachFromDisposeScope(), bias: null);
}
