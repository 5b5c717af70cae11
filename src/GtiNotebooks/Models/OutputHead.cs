using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// The output table of a model whose head is not tied to its token table: the pretrained rows and those of new tokens, each a parameter of
/// its own, as in <see cref="TokenEmbedding"/>, which also says which row belongs to which token.
/// </summary>
public sealed class OutputHead : nn.Module
{
    private readonly Parameter weight;
    private readonly Device device;
    private Parameter? newWeight;

    internal OutputHead(long rows, long width, ScalarType dtype, Device device)
        : base(nameof(OutputHead))
    {
        this.device = device;
        weight = new Parameter(empty(rows, width, dtype, device));
        register_parameter("weight", weight);
    }

    /// <summary>The pretrained rows <c>[V_text, width]</c>, spare rows included.</summary>
    public Parameter Text => weight;

    /// <summary>The rows of the new tokens <c>[V_new, width]</c>, in the order of <see cref="TokenEmbedding.New"/>.</summary>
    /// <exception cref="InvalidOperationException">The vocabulary was not extended.</exception>
    public Parameter New => newWeight ?? throw new InvalidOperationException("The vocabulary has not been extended; the head has no new rows");

    /// <summary>Whether new rows exist.</summary>
    public bool IsExtended => newWeight is not null;

    internal Parameter? NewOrNull => newWeight;

    internal void RequireRows(Tensor rows, int count)
    {
        if (IsExtended)
            throw new InvalidOperationException("The vocabulary has been extended already");
        if (rows.ndim != 2 || rows.shape[0] != count || rows.shape[1] != weight.shape[1])
        {
            throw new ArgumentException(
                $"{count} new tokens need output rows [{count}, {weight.shape[1]}]; got [{string.Join(", ", rows.shape)}]", nameof(rows));
        }
    }

    internal void Extend(Tensor rows)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        newWeight = new Parameter(rows.detach().to(weight.dtype.Widened()).to(device).clone().DetachFromDisposeScope());
        register_parameter("new_weight", newWeight);
    }
}
