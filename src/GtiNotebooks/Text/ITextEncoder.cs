using static TorchSharp.torch;

namespace GtiNotebooks.Text;

/// <summary>Turns texts into vectors whose cosine says how alike the texts are.</summary>
public interface ITextEncoder
{
    /// <summary>
    /// Names the method and everything besides the texts that the vectors depend on: settings, and a hash of the model where there is one. Two
    /// encoders of one fingerprint give equal vectors for equal texts, rounding aside. May take a moment: a model's weights are read anew.
    /// </summary>
    string Fingerprint();

    /// <summary>Encodes texts. Equal texts have equal vectors, bit for bit.</summary>
    /// <param name="texts">At least one.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <returns><c>[texts, width]</c> float32 on the CPU; rows of length 1, or 0 where nothing is known of a text. The caller disposes it.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Tensor Encode(IReadOnlyList<string> texts, IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default);
}
