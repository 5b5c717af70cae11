using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>
/// Tokens as directions: the input row of each as the model reads it, less one centre, divided by its length. The centre is the mean row of
/// all words that the tokenizer keeps whole, whichever tokens are asked for.
/// </summary>
internal sealed class TokenDirections
{
    /// <summary>How many tokens to ask for at once: 64 MB of rows of width 1,024 in float64, where a whole table of 150,000 has 1.2 GB.</summary>
    public const int MostAtOnce = 8192;

    private readonly CausalLM model;
    private readonly Tensor centre;

    /// <summary>Finds the centre; the caller's scope disposes it.</summary>
    /// <exception cref="ArgumentException">The tokenizer keeps no word whole, or rows hold numbers that are not finite.</exception>
    public TokenDirections(CausalLM model, Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        this.model = model;
        Words = [.. WordToken.AllOf(tokenizer).Select(word => word.Id).Order()];
        centre = Words.Count > 0
            ? MeanRow()
            : throw new ArgumentException("The tokenizer keeps no word of four letters or more whole; there is nothing to centre on", nameof(tokenizer));
    }

    /// <summary>Ids of the words, ascending.</summary>
    public IReadOnlyList<int> Words { get; }

    /// <summary>Directions of tokens, <c>[ids, width]</c> float64 on the CPU; a row that is the centre stays zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No row has an id.</exception>
    public Tensor Of(IReadOnlyList<int> ids)
    {
        using var scope = NewDisposeScope();
        return RowMatrix.Directions(Rows(ids).sub(centre)).MoveToOuterDisposeScope();
    }

    private Tensor MeanRow()
    {
        using var scope = NewDisposeScope();
        var sum = zeros(1, model.Config.HiddenSize, ScalarType.Float64);
        foreach (var chunk in Words.Chunk(MostAtOnce))
        {
            using var inner = NewDisposeScope();
            sum.add_(Rows(chunk).sum(0, keepdim: true), Scalars.One);
        }

        using var words = Words.Count.ToScalar();
        return sum.div(words).MoveToOuterDisposeScope();
    }

    private Tensor Rows(IReadOnlyList<int> ids)
    {
        foreach (var id in ids)
            _ = model.Embedding.ColumnOf(id);
        using var frozen = no_grad();
        long[] places = [.. ids.Select(id => (long)id)];
        return RowMatrix.AsFloat64(model.Embedding.forward(tensor(places, [1, places.Length], device: model.Device)).squeeze(0));
    }
}
