using GtiNotebooks.Text;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>
/// Which rows of a table belong to tokens the model was pretrained with: those whose id stands for a token. Tables often have more rows than that, and a
/// tokenizer may leave ids unused; such rows were never trained and would falsify every statistic.
/// </summary>
internal sealed class PretrainedRows
{
    private readonly Dictionary<int, long>? places;

    /// <summary>All tokens of a tokenizer but the new ones.</summary>
    /// <param name="tokenizer">The tokenizer, with or without the new tokens.</param>
    /// <param name="newTokenIds">Ids of the new tokens, if it has them.</param>
    public PretrainedRows(Tokenizer tokenizer, IEnumerable<int>? newTokenIds = null)
    {
        var isNew = newTokenIds?.ToHashSet() ?? [];
        Ids = [.. Enumerable.Range(0, tokenizer.VocabularySize).Where(id => tokenizer.TokenOf(id) is not null && !isNew.Contains(id))];
        if (Ids[^1] != Ids.Count - 1)
            places = Ids.Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => (long)pair.place);
    }

    /// <summary>Their ids, ascending.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>Their rows of a table, <c>[ids, width]</c>: a view, or a copy where ids are unused in between. The caller's scope disposes it.</summary>
    public Tensor Of(Tensor table) => Select(table, 0);

    /// <summary>Their columns of logits, <c>[n, ids]</c>, from those of all text rows.</summary>
    public Tensor ColumnsOf(Tensor logits) => Select(logits, 1);

    /// <summary>The places of tokens among the rows.</summary>
    public long[] PlacesOf(int[] tokenIds) => Array.ConvertAll(tokenIds, id => places is null ? id : places[id]);

    private Tensor Select(Tensor all, long dimension)
    {
        using var scope = NewDisposeScope();
        var selected = places is null
            ? all.detach().narrow(dimension, 0, Ids.Count)
            : all.detach().index_select(dimension, tensor(Ids.Select(id => (long)id).ToArray(), device: all.device));
        return selected.MoveToOuterDisposeScope();
    }
}
