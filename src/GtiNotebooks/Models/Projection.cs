using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// A linear layer of the decoder. An adapter, where there is one, stands beside its weight and is registered below it (<c>lora_A</c>,
/// <c>lora_B</c>), so that the weight keeps Hugging Face's name and the adapter has PEFT's.
/// </summary>
internal sealed class Projection : nn.Module<Tensor, Tensor>
{
    private const string First = "lora_A";
    private const string Second = "lora_B";
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private LoraAdapter? adapter;

    public Projection(long inputs, long outputs, bool hasBias, ScalarType dtype, Device device)
        : this(empty(outputs, inputs, dtype, device), hasBias ? empty(outputs, dtype, device) : null)
    {
    }

    /// <summary>Makes one of memory that it may share; see <see cref="JointProjection"/>.</summary>
    /// <param name="weight"><c>[outputs, inputs]</c>, without gradient; taken over.</param>
    /// <param name="bias"><c>[outputs]</c>, taken over; null for none.</param>
    public Projection(Tensor weight, Tensor? bias)
        : base(nameof(Projection))
    {
        this.weight = new Parameter(weight);
        register_parameter("weight", this.weight);
        if (bias is null)
            return;
        this.bias = new Parameter(bias);
        register_parameter("bias", this.bias);
    }

    /// <summary><c>[outputs, inputs]</c>.</summary>
    public Parameter Weight => weight;

    /// <summary>Whether an adapter computes beside the weight; a merged one is in the weight.</summary>
    public bool HasAdapter => adapter is { IsMerged: false };

    /// <summary><c>[..., inputs]</c> to <c>[..., outputs]</c>, in the type of the weight.</summary>
    public override Tensor forward(Tensor input)
    {
        var output = Products.Linear(input, weight, bias);
        return HasAdapter ? output.Plus(adapter!.Change(input, training)).As(output.dtype) : output;
    }

    /// <summary>Adds to the output of the weight, in place, what the adapter makes of the input.</summary>
    /// <param name="output"><c>[..., outputs]</c>, without gradient.</param>
    /// <param name="input"><c>[..., inputs]</c>.</param>
    public void AddAdapter_(Tensor output, Tensor input) => output.add_(adapter!.Change(input, training), Scalars.One);

    public void Attach(LoraAdapter added)
    {
        register_module(First, added.A);
        register_module(Second, added.B);
        adapter = added;
    }

    public void Detach()
    {
        adapter = null;
        register_module(First, null!); // TorchSharp's way to take a module off the register
        register_module(Second, null!);
    }
}
