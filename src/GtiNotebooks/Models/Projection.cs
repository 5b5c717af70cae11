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
        : base(nameof(Projection))
    {
        weight = new Parameter(empty(outputs, inputs, dtype, device));
        register_parameter("weight", weight);
        if (!hasBias)
            return;
        bias = new Parameter(empty(outputs, dtype, device));
        register_parameter("bias", bias);
    }

    /// <summary><c>[outputs, inputs]</c>.</summary>
    public Parameter Weight => weight;

    /// <summary><c>[..., inputs]</c> to <c>[..., outputs]</c>, in the type of the weight.</summary>
    public override Tensor forward(Tensor input)
    {
        var output = nn.functional.linear(input, weight, bias);
        return adapter is null or { IsMerged: true } ? output : (output + adapter.Change(input, training)).As(output.dtype);
    }

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
