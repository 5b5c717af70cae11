using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>Gives new tokens their first rows.</summary>
public interface ITokenInitialiser
{
    /// <summary>Short name, as it stands in tables and charts.</summary>
    string Name { get; }

    /// <summary>Makes the rows.</summary>
    /// <param name="textRows">Rows of the tokens the model was pretrained with, of its token table or its head, <c>[V, width]</c>, spare rows left out.</param>
    /// <param name="count">Number of new tokens.</param>
    /// <param name="generator">Source of randomness, on the rows' device.</param>
    /// <returns><c>[count, width]</c>; the caller disposes it.</returns>
    Tensor Initialise(Tensor textRows, int count, Generator generator);
}

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
        return textRows.mean([0], keepdim: true).expand(count, textRows.shape[1]).clone().MoveToOuterDisposeScope();
    }
}

/// <summary>Rows drawn from N(0, sigma^2), sigma the standard deviation over all entries of the pretrained rows.</summary>
public sealed class RandomInitialiser : ITokenInitialiser
{
    /// <inheritdoc/>
    public string Name => "random";

    /// <inheritdoc/>
    public Tensor Initialise(Tensor textRows, int count, Generator generator)
    {
        using var scope = NewDisposeScope();
        var sigma = textRows.std(unbiased: false);
        var noise = randn(count, textRows.shape[1], textRows.dtype, textRows.device, generator: generator);
        return (noise * sigma).MoveToOuterDisposeScope();
    }
}
