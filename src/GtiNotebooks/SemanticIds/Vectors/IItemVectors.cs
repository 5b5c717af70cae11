using GtiNotebooks.Data;
using GtiNotebooks.Text;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>Gives every item of a catalogue a vector: from its text (<see cref="TextVectors"/>), or from a file (<see cref="VectorFile"/>).</summary>
public interface IItemVectors
{
    /// <summary>The vectors of all items.</summary>
    /// <param name="catalogue">The items.</param>
    /// <param name="progress">Told as the work goes on, where there is much of it.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns><c>[items, width]</c> float32 on the CPU, finite, row by row in the catalogue's order. The caller disposes it.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Tensor For(Catalogue catalogue, IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default);
}
