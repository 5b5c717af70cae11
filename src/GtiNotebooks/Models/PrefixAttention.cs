using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// Tokens after prefixes that were run before, one prefix a row, of any lengths. Each token sees its row's prefix, itself and all between.
/// Short prefixes are padded to the left, so that what follows them begins in the same column; short rows are padded to the right, which
/// needs no mask. No gradient reaches the prefixes. The tensors belong to the dispose scope in which it is made.
/// </summary>
internal sealed class PrefixAttention : AttentionPattern
{
    private readonly Tensor prefixes; // [layers, 2, batch, keyValueHeads, columns, width]
    private readonly Tensor? mask;
    private readonly long columns;
    private readonly long start;

    /// <param name="rows">What each row continues.</param>
    /// <param name="following">Tokens that follow in each row, padding not counted; at least one in one row.</param>
    public PrefixAttention(IReadOnlyList<PrefixState> rows, IReadOnlyList<int> following)
    {
        var time = following.Max();
        columns = rows.Max(row => row.Length);
        // Counted from the longest sequence, and not from the longest prefix: the model's limit of positions is one of sequences.
        start = rows.Zip(following, (row, count) => row.Length + count).Max() - time;
        prefixes = Beside(rows);
        var isEven = rows.All(row => row.Length == columns);
        var lengths = rows.Select(row => (long)row.Length).ToArray();
        if (!isEven)
            Padding = tensor(Array.ConvertAll(lengths, length => start - length), device: prefixes.device);
        if (!isEven || time > 1)
            mask = Mask(isEven ? null : lengths, time);
    }

    /// <summary>How far each row's positions are behind those of the longest sequence; negative in a row whose prefix ends later than that one's.</summary>
    public override Tensor? Padding { get; }

    public override (long Start, long Count) Positions(long time) => (start, time);

    public override Tensor Attend(int layer, Tensor queries, Tensor keys, Tensor values, OutputTokens? outputs = null)
    {
        var before = prefixes.select(0, layer);
        var allKeys = cat(new[] { before.select(0, 0), keys }, 2);
        var allValues = cat(new[] { before.select(0, 1), values }, 2);
        var scores = Scores(queries, allKeys);
        var seen = mask is null || outputs is null ? mask : outputs.ChooseRows(mask);
        return Mix(Softmax(seen is null ? scores : scores.Plus(seen)), allValues);
    }

    private Tensor Beside(IReadOnlyList<PrefixState> rows)
    {
        var first = rows[0].KeysAndValues;
        var all = zeros([first.shape[0], 2, rows.Count, first.shape[2], columns, first.shape[4]], first.dtype, first.device);
        using var scope = NewDisposeScope();
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].Length > 0)
                all.select(2, row).narrow(3, columns - rows[row].Length, rows[row].Length).copy_(rows[row].KeysAndValues);
        }

        return all;
    }

    // [time, columns + time], or [batch, 1, time, columns + time] where rows differ. Every query sees itself at least.
    private Tensor Mask(long[]? lengths, long time)
    {
        using var scope = NewDisposeScope();
        var key = Scalars.Range(0, columns + time, int64, prefixes.device);
        var hidden = key.gt(Scalars.Range(columns, columns + time, int64, prefixes.device).unsqueeze(1));
        if (lengths is not null)
        {
            var before = tensor(Array.ConvertAll(lengths, length => columns - length), device: prefixes.device);
            hidden = hidden.bitwise_or(key.lt(before.view(-1, 1, 1))).unsqueeze(1);
        }

        return zeros(hidden.shape, prefixes.dtype, prefixes.device).masked_fill_(hidden, Scalars.MinusInfinity).MoveToOuterDisposeScope();
    }
}
