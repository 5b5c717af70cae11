using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>Which text rows make up a code's row, and with which weights.</summary>
/// <param name="Rows">Places among the text rows, ascending.</param>
/// <param name="Weights">One a place; they sum to 1.</param>
internal sealed record WeightedRows(IReadOnlyList<long> Rows, IReadOnlyList<double> Weights)
{
    // 8 MB of gathered rows in float64.
    private const long MostEntries = 1 << 20;

    /// <summary>Weights by place.</summary>
    public static WeightedRows Of(IEnumerable<KeyValuePair<long, double>> weightOfRow)
    {
        var ordered = weightOfRow.OrderBy(pair => pair.Key).ToArray();
        return new WeightedRows([.. ordered.Select(pair => pair.Key)], [.. ordered.Select(pair => pair.Value)]);
    }

    /// <summary>The weighted sums of the text rows, one a code, <c>[codes, width]</c> float64 on the CPU; the caller disposes it.</summary>
    public static Tensor Sum(Tensor textRows, IReadOnlyList<WeightedRows> codes)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var sums = zeros(codes.Count, textRows.shape[1], ScalarType.Float64);
        var parts = codes.SelectMany((code, index) => code.Rows.Zip(code.Weights, (row, weight) => (Code: (long)index, Row: row, Weight: weight)));
        foreach (var chunk in parts.Chunk((int)Math.Max(1, MostEntries / textRows.shape[1])))
        {
            using var inner = NewDisposeScope();
            // Summed on the CPU: a GPU adds in any order, and rounding would differ from run to run.
            var rows = textRows.detach().index_select(0, tensor(Array.ConvertAll(chunk, part => part.Row), device: textRows.device))
                .to(ScalarType.Float64).cpu();
            var weights = tensor(Array.ConvertAll(chunk, part => part.Weight)).unsqueeze(1);
            sums.index_add_(0, tensor(Array.ConvertAll(chunk, part => part.Code)), rows * weights, Scalars.One);
        }

        return sums.MoveToOuterDisposeScope();
    }

    /// <summary>Refuses rows and numbers of tokens that these weights were not made for.</summary>
    public static void RequireFit(Tensor textRows, int count, int pretrainedTokens, int codes)
    {
        if (textRows.shape[0] != pretrainedTokens)
        {
            throw new ArgumentException(
                $"There are {textRows.shape[0]} text rows, but the initialiser's tokenizer has {pretrainedTokens} tokens; is it the one the model was pretrained with?",
                nameof(textRows));
        }

        if (count != codes)
            throw new ArgumentException($"There are {count} new tokens, but the initialiser knows {codes} codes", nameof(count));
    }
}
