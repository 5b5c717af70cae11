using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>Rows drawn from N(0, sigma^2), sigma the standard deviation over all entries of the pretrained rows.</summary>
public sealed class RandomInitialiser : ITokenInitialiser
{
    /// <inheritdoc/>
    public string Name => "random";

    /// <inheritdoc/>
    public Tensor Initialise(Tensor textRows, int count, Generator generator)
    {
        using var scope = NewDisposeScope();
        var sigma = textRows.Widened().std(unbiased: false);
        var noise = SeededDraw.Normal(count, textRows.shape[1], textRows.dtype.Widened(), textRows.device, generator);
        return (noise * sigma).MoveToOuterDisposeScope();
    }
}
