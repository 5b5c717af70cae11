using System.Text;
using GtiNotebooks.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>
/// How well a model predicts texts, in bits per UTF-8 byte. Cross-entropy per token falls when the tokens get shorter, so it compares only
/// models of one tokenizer; bits per byte compare any two.
/// </summary>
/// <remarks>
/// Every text stands alone: its first token is predicted from the end-of-text token, as after another text in training, and each further one
/// from those before it. The end of the text is not predicted, so that a model whose end-of-text token means something else loses nothing by
/// it. A text longer than the window is cut; each later piece sees the last token of the piece before it and no more, so a longer window gives
/// fewer bits.
/// </remarks>
public static class BitsPerByte
{
    /// <summary>Sum over all tokens of all texts of <c>-log2 p(token | tokens before it)</c>, divided by the texts' UTF-8 bytes.</summary>
    /// <param name="pretrained">The model, its vocabulary extended or not, and its tokenizer.</param>
    /// <param name="texts">The texts; empty ones count for nothing.</param>
    /// <param name="window">Tokens seen at once, the one before the first predicted token included; at least 2.</param>
    /// <param name="batchSize">Windows that run together; the logits of <paramref name="batchSize"/> times <paramref name="window"/> tokens must
    /// fit into memory. Changes the result by rounding only.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <returns>Bits per byte; a model that knows nothing has log2(vocabulary) / (bytes a token).</returns>
    /// <exception cref="ArgumentException">There is not one byte of text, or a window or batch is out of range.</exception>
    /// <exception cref="InvalidOperationException">The loss is not finite.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static double Of(
        PretrainedModel pretrained, IReadOnlyList<string> texts, int window = 96, int batchSize = 16, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var windows = TextWindows.Of(pretrained, texts, window);
        var bytes = texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text));
        if (bytes == 0)
            throw new ArgumentException($"{texts.Count} texts hold not one byte; there is nothing to predict", nameof(texts));
        using var frozen = no_grad();
        var nats = windows.Chunk(batchSize).Sum(batch => Nats(pretrained.Model, batch, cancellation));
        return double.IsFinite(nats)
            ? nats / (Math.Log(2) * bytes)
            : throw new InvalidOperationException($"The loss is {nats}; training has probably diverged");
    }

    private static double Nats(CausalLM model, EncodedPrompt[] windows, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Of(windows, model);
        return batch.Loss(model).Number() * batch.Targets.shape[0];
    }
}
