using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>What a start of the new tokens looks like before any fine-tuning.</summary>
/// <param name="Initialiser">Its name.</param>
/// <param name="Input">The rows of the token table, which is also the head where that is tied.</param>
/// <param name="Output">The rows of a separate head; null where it is tied.</param>
/// <param name="Shift">What the new tokens take from ordinary text.</param>
public sealed record InitialisationReport(string Initialiser, NewRowsReport Input, NewRowsReport? Output, VocabularyShift Shift)
{
    /// <summary>Measures rows that the model does not have yet; the model stays as it is.</summary>
    /// <param name="initialiser">A name for the start.</param>
    /// <param name="pretrained">A model without new tokens.</param>
    /// <param name="rows">The rows it would get.</param>
    /// <param name="ids">The codes, one a row.</param>
    /// <param name="texts">Ordinary texts, read as in <see cref="BitsPerByte"/>.</param>
    /// <param name="codebooks">The codebook of level 0, 1, ... as <c>[codes, any width]</c>; left out where codes come without vectors.</param>
    /// <param name="cancellation">Stops before the next batch of texts.</param>
    /// <exception cref="ArgumentException">There is nothing to predict, rows and codes do not fit, or rows hold numbers that are not finite.</exception>
    /// <exception cref="InvalidOperationException">The model has new tokens already.</exception>
    public static InitialisationReport Measure(
        string initialiser, PretrainedModel pretrained, NewRows rows, SemanticIdMap ids, IReadOnlyList<string> texts,
        IReadOnlyList<Tensor>? codebooks = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(ids);
        var shift = VocabularyShift.Measure(pretrained, rows, texts, TextWindows.WindowFor(pretrained.Model), cancellation: cancellation);
        return Of(initialiser, pretrained.Model, new PretrainedRows(pretrained.Tokenizer), rows, ids, codebooks ?? [], shift);
    }

    /// <summary>Measures the new tokens of an extended model, of which no other parameter was trained: as initialised, or grounded.</summary>
    /// <param name="initialiser">A name for the start.</param>
    /// <param name="extension">The extended model.</param>
    /// <param name="texts">Ordinary texts, read as in <see cref="BitsPerByte"/>.</param>
    /// <param name="codebooks">The codebook of level 0, 1, ... as <c>[codes, any width]</c>; left out where codes come without vectors.</param>
    /// <param name="cancellation">Stops before the next batch of texts.</param>
    /// <exception cref="ArgumentException">There is nothing to predict, a text holds a new token, or rows hold numbers that are not finite.</exception>
    public static InitialisationReport Measure(
        string initialiser, VocabularyExtension extension, IReadOnlyList<string> texts, IReadOnlyList<Tensor>? codebooks = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(extension);
        var shift = VocabularyShift.Measure(extension, texts, TextWindows.WindowFor(extension.Model), cancellation: cancellation);
        using var scope = NewDisposeScope();
        var rows = new NewRows(extension.Model.Embedding.New.detach(), extension.Model.Head?.New.detach());
        return Of(initialiser, extension.Model, extension.PretrainedRows(), rows, extension.Ids, codebooks ?? [], shift);
    }

    internal static InitialisationReport Of(
        string initialiser, CausalLM model, PretrainedRows pretrained, NewRows rows, SemanticIdMap ids, IReadOnlyList<Tensor> codebooks, VocabularyShift shift)
    {
        using var scope = NewDisposeScope();
        NewRowsReport Report(Tensor table, Tensor fresh) => NewRowsReport.Measure(fresh, pretrained.Of(table), ids.Tokens, codebooks);
        return new InitialisationReport(
            initialiser,
            Report(model.Embedding.Text, rows.Input),
            model.Head is { } head ? Report(head.Text, rows.Output!) : null,
            shift);
    }
}
