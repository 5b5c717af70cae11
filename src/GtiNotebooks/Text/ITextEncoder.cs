using static TorchSharp.torch;

namespace GtiNotebooks.Text;

/// <summary>Turns texts into vectors whose cosine says how alike the texts are.</summary>
public interface ITextEncoder
{
    /// <summary>Encodes texts.</summary>
    /// <param name="texts">At least one.</param>
    /// <returns><c>[texts, width]</c> float32; rows of length 1, or 0 where nothing is known of a text. The caller disposes it.</returns>
    Tensor Encode(IReadOnlyList<string> texts);
}
