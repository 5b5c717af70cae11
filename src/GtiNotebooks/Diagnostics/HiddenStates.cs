using GtiNotebooks.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>The final states from which models predict the tokens of texts, a few at a time, so that their logits fit into memory.</summary>
internal static class HiddenStates
{
    // 32 MB of logits in float64.
    private const long MostLogits = 1 << 22;

    /// <summary>Runs models over the same windows.</summary>
    /// <param name="models">Models of equally many token ids.</param>
    /// <param name="windows">Every token but the first is predicted.</param>
    /// <param name="batchSize">Windows that run together; at least 1.</param>
    /// <param name="use">Gets the states of some predictions, one <c>[n, width]</c> a model; runs in a dispose scope and without gradients.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <exception cref="ArgumentException">There are no windows, or the batch is out of range.</exception>
    public static void ForEach(
        IReadOnlyList<CausalLM> models, EncodedPrompt[] windows, int batchSize, Action<IReadOnlyList<Tensor>> use, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (windows.Length == 0)
            throw new ArgumentException("The texts have not one token; there is nothing to predict", nameof(windows));
        using var frozen = no_grad();
        var atOnce = Math.Max(1, MostLogits / models.Max(model => model.Embedding.IdCount));
        foreach (var batch in windows.Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var states = models.Select(model => Of(model, batch)).ToArray();
            for (var start = 0L; start < states[0].shape[0]; start += atOnce)
            {
                using var inner = NewDisposeScope();
                var count = Math.Min(atOnce, states[0].shape[0] - start);
                use([.. states.Select(state => state.narrow(0, start, count))]);
            }
        }
    }

    private static Tensor Of(CausalLM model, EncodedPrompt[] windows)
    {
        var batch = TokenBatch.Of(windows, model);
        return model.StatesAt(batch.Ids, batch.Outputs);
    }
}
