using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>First rows of new tokens, which no model has yet. Dispose them after use.</summary>
/// <param name="Input">For the token table, <c>[tokens, width]</c>, in the type that a model keeps new rows in and on its device.</param>
/// <param name="Output">For the head, where that is separate, <c>[tokens, width]</c>; null where it is tied.</param>
public sealed record NewRows(Tensor Input, Tensor? Output) : IDisposable
{
    /// <summary>The rows that logits are made with: the head's, or those of the token table that is the head.</summary>
    public Tensor Scoring => Output ?? Input;

    /// <summary>Makes rows for a model, which stays as it is.</summary>
    /// <param name="pretrained">A model without new tokens.</param>
    /// <param name="count">Number of new tokens.</param>
    /// <param name="initialiser">Makes the rows after the token table's; those of a separate head, drawn after them, after the head's.</param>
    /// <param name="seed">Seed of the initialiser.</param>
    /// <exception cref="ArgumentException">The initialiser returns another number of rows, or another width.</exception>
    /// <exception cref="InvalidOperationException">The model has new tokens already.</exception>
    public static NewRows Make(PretrainedModel pretrained, int count, ITokenInitialiser initialiser, long seed)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        ArgumentNullException.ThrowIfNull(initialiser);
        var model = pretrained.Model;
        if (model.Embedding.IsExtended)
            throw new InvalidOperationException("The vocabulary has been extended already");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var generator = SeededDraw.Generator(seed);
        var pretrainedRows = new PretrainedRows(pretrained.Tokenizer);
        Tensor RowsLike(Tensor table)
        {
            var rows = initialiser.Initialise(pretrainedRows.Of(table), count, generator);
            return rows.dim() == 2 && rows.shape[0] == count && rows.shape[1] == table.shape[1]
                ? rows.detach().to(table.dtype.Widened()).to(model.Device)
                : throw new ArgumentException(
                    $"{initialiser.Name} made rows [{string.Join(", ", rows.shape)}]; {count} new tokens need [{count}, {table.shape[1]}]", nameof(initialiser));
        }

        var input = RowsLike(model.Embedding.Text);
        var output = model.Head is { } head ? RowsLike(head.Text) : null;
        return new NewRows(input.DetachFromDisposeScope(), output?.DetachFromDisposeScope());
    }

    /// <summary>Frees the rows.</summary>
    public void Dispose()
    {
        Input.Dispose();
        Output?.Dispose();
    }
}
