using GtiNotebooks.Text;

namespace GtiNotebooks.Training;

/// <summary>
/// Two corpora in one: the first half of each batch, the larger one where it is odd, comes from the main task and the rest from the auxiliary
/// one, as LC-Rec (arXiv 2311.09049) mixes next-item prompts with text-and-ID prompts.
/// </summary>
/// <param name="main">The task that is measured.</param>
/// <param name="auxiliary">The task that helps.</param>
public sealed class MultitaskPrompts(IExampleSource main, IExampleSource auxiliary) : IExampleSource
{
    /// <inheritdoc/>
    public IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize) =>
        [.. main.Batch(step, batchSize - batchSize / 2), .. batchSize > 1 ? auxiliary.Batch(step, batchSize / 2) : []];
}
