using GtiNotebooks.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>
/// What new tokens do to a model's predictions on ordinary text, where none of them belongs: rows that are short beside the pretrained ones score near 0
/// whatever the text is, and take probability from every word (Hewitt, 2021).
/// </summary>
/// <param name="Positions">Predicted tokens, over which the other numbers are means.</param>
/// <param name="NewTokenMass">Probability of all new tokens together, in [0, 1].</param>
/// <param name="KlDivergence">
/// KL(before || after) in nats, at least 0: the sum over old tokens of p log(p / q), p normalised over the old tokens, q over old and new ones. Where the old
/// tokens' scores are untouched, each position has -log(1 - its new-token mass); with every new row at the mean of the text rows that is at most
/// log(1 + new / old), because exp of a mean is at most the mean of exps (Hewitt).
/// </param>
/// <remarks>Old tokens are those of the tokenizer: spare rows of a table stand for none, and are left out before and after.</remarks>
public sealed record VocabularyShift(int Positions, double NewTokenMass, double KlDivergence)
{
    /// <summary>Measures rows that the model does not have yet; the model stays as it is.</summary>
    /// <param name="pretrained">A model without new tokens.</param>
    /// <param name="rows">The rows it would get.</param>
    /// <param name="texts">Ordinary texts, read as in <see cref="BitsPerByte"/>; empty ones count for nothing.</param>
    /// <param name="window">Tokens seen at once; at least 2.</param>
    /// <param name="batchSize">Windows that run together; at least 1. Changes the result by rounding only.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <exception cref="ArgumentException">There is nothing to predict, or a window or batch is out of range.</exception>
    /// <exception cref="InvalidOperationException">Scores are not finite, or the model has new tokens already.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static VocabularyShift Measure(
        PretrainedModel pretrained, NewRows rows, IReadOnlyList<string> texts, int window = 96, int batchSize = 16, CancellationToken cancellation = default) =>
        Measure(pretrained, [rows], texts, window, batchSize, cancellation)[0];

    /// <summary>Measures an extended model against itself without the new tokens: as initialised, or with any rows while the rest is frozen.</summary>
    /// <param name="extension">The extended model.</param>
    /// <param name="texts">Ordinary texts, read as in <see cref="BitsPerByte"/>; empty ones count for nothing.</param>
    /// <param name="window">Tokens seen at once; at least 2.</param>
    /// <param name="batchSize">Windows that run together; at least 1. Changes the result by rounding only.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <exception cref="ArgumentException">There is nothing to predict, a text holds a new token, or a window or batch is out of range.</exception>
    /// <exception cref="InvalidOperationException">Scores are not finite.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static VocabularyShift Measure(
        VocabularyExtension extension, IReadOnlyList<string> texts, int window = 96, int batchSize = 16, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(extension);
        var model = extension.Model;
        var (old, sum) = (extension.PretrainedRows(), new ShiftSum());
        HiddenStates.ForEach([model], OrdinaryWindows(extension, texts, window), batchSize, hidden =>
        {
            var logits = model.Logits(hidden[0]);
            var scores = old.ColumnsOf(logits);
            sum.Add(scores, scores, NewColumns(model, logits));
        }, cancellation);
        return sum.Mean();
    }

    /// <summary>Measures an extended model, of which anything may have been trained, against the model before.</summary>
    /// <param name="before">The model without new tokens.</param>
    /// <param name="after">The extended model, of the same pretrained tokens.</param>
    /// <param name="texts">Ordinary texts, read as in <see cref="BitsPerByte"/>; empty ones count for nothing.</param>
    /// <param name="window">Tokens seen at once; at least 2.</param>
    /// <param name="batchSize">Windows that run together; at least 1. Changes the result by rounding only.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <exception cref="ArgumentException">There is nothing to predict, a text holds a new token, the models have different pretrained tokens, or a window or
    /// batch is out of range.</exception>
    /// <exception cref="InvalidOperationException">Scores are not finite, or the model before has new tokens already.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static VocabularyShift Between(
        PretrainedModel before, VocabularyExtension after, IReadOnlyList<string> texts, int window = 96, int batchSize = 16,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, oldAfter, sum) = (PretrainedRowsOf(before), after.PretrainedRows(), new ShiftSum());
        if (!old.Ids.SequenceEqual(oldAfter.Ids))
            throw new ArgumentException($"The models have different pretrained tokens ({old.Ids.Count} and {oldAfter.Ids.Count})", nameof(after));
        HiddenStates.ForEach([before.Model, after.Model], OrdinaryWindows(after, texts, window), batchSize, hidden =>
        {
            var logits = after.Model.Logits(hidden[1]);
            sum.Add(old.ColumnsOf(before.Model.Logits(hidden[0])), oldAfter.ColumnsOf(logits), NewColumns(after.Model, logits));
        }, cancellation);
        return sum.Mean();
    }

    /// <summary>Measures several candidates in one pass over the texts.</summary>
    internal static IReadOnlyList<VocabularyShift> Measure(
        PretrainedModel pretrained, IReadOnlyList<NewRows> candidates, IReadOnlyList<string> texts, int window, int batchSize, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        ArgumentNullException.ThrowIfNull(texts);
        var old = PretrainedRowsOf(pretrained);
        var sums = candidates.Select(_ => new ShiftSum()).ToArray();
        HiddenStates.ForEach([pretrained.Model], TextWindows.Of(pretrained, texts, window), batchSize, hidden =>
        {
            var scores = old.ColumnsOf(pretrained.Model.Logits(hidden[0]));
            foreach (var (rows, sum) in candidates.Zip(sums))
                sum.Add(scores, scores, nn.functional.linear(hidden[0].Widened(), rows.Scoring));
        }, cancellation);
        return [.. sums.Select(sum => sum.Mean())];
    }

    private static PretrainedRows PretrainedRowsOf(PretrainedModel pretrained) => pretrained.Model.Embedding.IsExtended
        ? throw new InvalidOperationException("The model has new tokens already; a model without them is expected")
        : new PretrainedRows(pretrained.Tokenizer);

    // New tokens' columns stand behind those of all text rows, spare ones included.
    private static Tensor NewColumns(CausalLM model, Tensor logits) =>
        logits.narrow(1, model.Embedding.Text.shape[0], logits.shape[1] - model.Embedding.Text.shape[0]);

    private static EncodedPrompt[] OrdinaryWindows(VocabularyExtension extension, IReadOnlyList<string> texts, int window)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var isNew = extension.TokenIds.ToHashSet();
        var windows = TextWindows.Of(new PretrainedModel(extension.Model, extension.Tokenizer), texts, window);
        foreach (var id in windows.SelectMany(piece => piece.Ids).Where(isNew.Contains))
            throw new ArgumentException($"A text holds the new token {extension.Tokenizer.TokenOf(id)}; ordinary text has none", nameof(texts));
        return windows;
    }
}
