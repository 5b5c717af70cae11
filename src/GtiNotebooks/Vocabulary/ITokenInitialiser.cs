using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>Gives new tokens their first rows. <see cref="TokenInitialisers"/> lists those that are known by name.</summary>
public interface ITokenInitialiser
{
    /// <summary>Short name, as it stands in tables and charts.</summary>
    string Name { get; }

    /// <summary>Makes the rows.</summary>
    /// <param name="textRows">
    /// Rows of the tokens the model was pretrained with, of its token table or its head, <c>[V, width]</c>, in the type and on the device of the
    /// weights, by ascending token id; spare rows and ids without a token left out. Not to be changed.
    /// </param>
    /// <param name="count">Number of new tokens.</param>
    /// <param name="generator">Source of randomness, on the rows' device.</param>
    /// <returns><c>[count, width]</c>, any float type, any device; the caller disposes it.</returns>
    Tensor Initialise(Tensor textRows, int count, Generator generator);
}
