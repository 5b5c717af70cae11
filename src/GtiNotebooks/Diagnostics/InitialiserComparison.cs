using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Vocabulary;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>Initialisers side by side, before any training: a table's rows.</summary>
public static class InitialiserComparison
{
    private const int BatchSize = 16;

    /// <summary>Lets each initialiser make rows for the same model and measures them; the model stays as it is.</summary>
    /// <param name="pretrained">A model without new tokens.</param>
    /// <param name="ids">The codes that become tokens.</param>
    /// <param name="initialisers">At least one, e.g. <see cref="TokenInitialisers.All"/>.</param>
    /// <param name="texts">Ordinary texts, read as in <see cref="BitsPerByte"/>, once for all.</param>
    /// <param name="seed">Seed of each initialiser.</param>
    /// <param name="codebooks">The codebook of level 0, 1, ... as <c>[codes, any width]</c>; left out where codes come without vectors.</param>
    /// <param name="cancellation">Stops before the next initialiser or batch of texts.</param>
    /// <returns>One report an initialiser, in their order.</returns>
    /// <exception cref="ArgumentException">There is nothing to predict, or an initialiser does not fit model and codes.</exception>
    /// <exception cref="InvalidOperationException">The model has new tokens already.</exception>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public static IReadOnlyList<InitialisationReport> Run(
        PretrainedModel pretrained, SemanticIdMap ids, IReadOnlyList<ITokenInitialiser> initialisers, IReadOnlyList<string> texts, long seed,
        IReadOnlyList<Tensor>? codebooks = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(initialisers);
        var made = new List<NewRows>();
        try
        {
            foreach (var initialiser in initialisers)
            {
                cancellation.ThrowIfCancellationRequested();
                made.Add(NewRows.Make(pretrained, ids.Tokens.Count, initialiser, seed));
            }

            var shifts = VocabularyShift.Measure(pretrained, made, texts, TextWindows.WindowFor(pretrained.Model), BatchSize, cancellation);
            var textRows = new PretrainedRows(pretrained.Tokenizer);
            return [.. initialisers.Select((initialiser, i) =>
                InitialisationReport.Of(initialiser.Name, pretrained.Model, textRows, made[i], ids, codebooks ?? [], shifts[i]))];
        }
        finally
        {
            made.ForEach(rows => rows.Dispose());
        }
    }
}
