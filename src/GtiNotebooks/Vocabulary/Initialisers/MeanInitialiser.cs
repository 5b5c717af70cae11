using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>
/// Every new row is the mean of the pretrained rows (Hewitt, 2021): the usual choice, and the one whose rows all lie on one point.
/// </summary>
public sealed class MeanInitialiser : ITokenInitialiser
{
    /// <inheritdoc/>
    public string Name => "mean";

    /// <inheritdoc/>
    public Tensor Initialise(Tensor textRows, int count, Generator generator)
    {
        using var scope = NewDisposeScope();
        return textRows.Widened().mean([0], keepdim: true).expand(count, textRows.shape[1]).clone().MoveToOuterDisposeScope();
    }
}
