using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>A pretrained model that has learned to spell Semantic IDs: one new token and one new row for every code in use.</summary>
/// <param name="Model">The extended model: the one that was given, which stays its owner's to dispose.</param>
/// <param name="Tokenizer">The tokenizer with the new tokens.</param>
/// <param name="Ids">Items, codes and their tokens.</param>
/// <param name="TokenIds">Token id of each of <see cref="SemanticIdMap.Tokens"/>; position is also the row in <see cref="TokenEmbedding.New"/>.</param>
public sealed record VocabularyExtension(CausalLM Model, Tokenizer Tokenizer, SemanticIdMap Ids, IReadOnlyList<int> TokenIds)
{
    /// <summary>Adds the tokens of all codes in use to a model and its tokenizer.</summary>
    /// <param name="pretrained">The model; its token table, and its head where that is separate, are extended in place.</param>
    /// <param name="ids">The codes.</param>
    /// <param name="initialiser">Gives the new rows their first values; those of a separate head after the pretrained head's rows.</param>
    /// <param name="seed">Seed of the initialiser.</param>
    /// <exception cref="ArgumentException">A code's token is in the tokenizer already, or the initialiser does not fit the model or the codes.</exception>
    public static VocabularyExtension Apply(PretrainedModel pretrained, SemanticIdMap ids, ITokenInitialiser initialiser, long seed)
    {
        var (model, tokenizer) = pretrained;
        var known = ids.Tokens.Select(t => t.Text).FirstOrDefault(text => tokenizer.TryGetId(text, out _));
        if (known is not null)
            throw new ArgumentException($"The tokenizer has the token {known} already; is this model extended?", nameof(pretrained));

        var extended = tokenizer.WithAddedTokens(ids.Tokens.Select(t => t.Text));
        var tokenIds = SemanticIdTokens.Of(ids, extended).TokenIds;
        using var rows = NewRows.Make(pretrained, tokenIds.Count, initialiser, seed);
        model.Extend(tokenIds, rows.Input, rows.Output);
        return new VocabularyExtension(model, extended, ids, tokenIds);
    }

    /// <summary>
    /// Finds the new tokens of a model that was extended before and saved as one table, here or by another program: their rows become new rows
    /// again, found by the ids that its tokenizer has for them.
    /// </summary>
    /// <param name="extended">The model; its tables' rows of the new tokens are copied, and what the tables hold at these ids is no longer read.</param>
    /// <param name="ids">The codes it was extended with.</param>
    /// <exception cref="ArgumentException">The tokenizer lacks tokens of the codes; the first ones are named.</exception>
    /// <exception cref="InvalidOperationException">The model has new rows already.</exception>
    public static VocabularyExtension Reopen(PretrainedModel extended, SemanticIdMap ids)
    {
        ArgumentNullException.ThrowIfNull(extended);
        ArgumentNullException.ThrowIfNull(ids);
        var (model, tokenizer) = extended;
        var tokenIds = SemanticIdTokens.Of(ids, tokenizer).TokenIds;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var places = tensor(tokenIds.Select(id => (long)id).ToArray(), device: model.Device);
        model.Extend(tokenIds, model.Embedding.Text.index_select(0, places), model.Head?.Text.index_select(0, places));
        return new VocabularyExtension(model, tokenizer, ids, tokenIds);
    }

    /// <summary>Whether a tokenizer has a token for every code, as that of an extended model has.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="ids">The codes.</param>
    public static bool IsKnownTo(Tokenizer tokenizer, SemanticIdMap ids)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Tokens.All(token => tokenizer.TryGetId(token.Text, out _));
    }

    /// <summary>Column of the logits for each level of an item's ID.</summary>
    /// <param name="item">Index of the item.</param>
    public int[] ColumnsOf(int item) =>
        Ids.TokensOf(item).Select(token => Model.Embedding.ColumnOf(TokenIds[token])).ToArray();

    /// <summary>Which rows of the tables belong to the tokens the model was pretrained with.</summary>
    internal PretrainedRows PretrainedRows() => new(Tokenizer, TokenIds);
}
