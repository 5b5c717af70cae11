using GtiNotebooks.Text;

namespace GtiNotebooks.Training;

/// <summary>Examples by step number: the same seed and step give the same batch.</summary>
public interface IExampleSource
{
    /// <summary>The examples of one step.</summary>
    /// <param name="step">Step number from 0.</param>
    /// <param name="batchSize">How many.</param>
    IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize);
}
