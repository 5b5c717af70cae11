using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// The tokens of a batch whose final states are wanted. The last layer makes keys and values of every token, but queries, and all that follows from
/// them, of these alone: its output elsewhere is looked at by nobody. Rows that want fewer tokens than others are filled up, so that all have as many.
/// </summary>
internal sealed class OutputTokens
{
    private readonly Tensor wanted; // int64 [n], in batch * time
    private readonly Tensor places; // int64 [batch * most], in batch * time
    private readonly Tensor times; // the same in time
    private readonly Tensor? unfilled; // int64 [n], in batch * most; null where nothing was filled up
    private readonly long batch;
    private readonly long most;

    private OutputTokens(long[] positions, long batch, long time, Device device)
    {
        this.batch = batch;
        var counts = new int[batch];
        foreach (var position in positions)
            counts[position / time]++;
        most = counts.Max();
        AreFew = most * 4 <= time * 3;
        // What fills a row up is its first token; no one reads it.
        var filled = new long[batch * most];
        for (var i = 0; i < filled.Length; i++)
            filled[i] = i / most * time;
        var real = new long[positions.Length];
        for (int i = 0, row = 0, column = 0; i < positions.Length; i++, column++)
        {
            if (positions[i] / time != row)
                (row, column) = ((int)(positions[i] / time), 0);
            real[i] = row * most + column;
            filled[real[i]] = positions[i];
        }

        wanted = tensor(positions, device: device);
        places = tensor(filled, device: device);
        times = tensor(Array.ConvertAll(filled, place => place % time), device: device);
        unfilled = real.Length == filled.Length ? null : tensor(real, device: device);
    }

    /// <summary>Whether it pays to treat them apart.</summary>
    public bool AreFew { get; }

    /// <summary>Names tokens. The tensors belong to the current dispose scope.</summary>
    /// <param name="positions">In <c>batch * time</c>, at least one; those of a row together, rows in their order.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="time">Tokens a row, padding included.</param>
    /// <param name="device">Device of the model.</param>
    /// <exception cref="ArgumentException">There are none, one lies outside of the batch, or rows are out of order.</exception>
    public static OutputTokens Of(IReadOnlyList<long> positions, long batch, long time, Device device)
    {
        if (positions.Count == 0)
            throw new ArgumentException("no token's final state is wanted", nameof(positions));
        for (var i = 0; i < positions.Count; i++)
        {
            if (positions[i] < 0 || positions[i] >= batch * time)
                throw new ArgumentException($"position {positions[i]} lies outside of {batch} x {time} tokens", nameof(positions));
            if (i > 0 && positions[i] / time < positions[i - 1] / time)
                throw new ArgumentException($"position {positions[i]} stands behind one of a later row", nameof(positions));
        }

        return new OutputTokens([.. positions], batch, time, device);
    }

    /// <summary>The last token of every row.</summary>
    public static OutputTokens LastOf(long batch, long time, Device device) =>
        Of([.. Enumerable.Range(1, (int)batch).Select(row => row * time - 1)], batch, time, device);

    /// <summary>The wanted among states of all tokens: <c>[batch, time, width]</c> to <c>[n, width]</c>.</summary>
    public Tensor Among(Tensor states) => states.view(-1, states.shape[2]).index_select(0, wanted);

    /// <summary><c>[batch, time, width]</c> to <c>[batch, most, width]</c>, filled up.</summary>
    public Tensor Choose(Tensor states) => states.reshape(-1, states.shape[2]).index_select(0, places).view(batch, most, states.shape[2]);

    /// <summary>The wanted among states that <see cref="Choose"/> filled up: <c>[batch, most, width]</c> to <c>[n, width]</c>.</summary>
    public Tensor Unfilled(Tensor states)
    {
        var flat = states.view(-1, states.shape[2]);
        return unfilled is null ? flat : flat.index_select(0, unfilled);
    }

    /// <summary>What belongs to each token, be it to all rows' (<c>[time, n]</c>) or to each row's (<c>[batch, 1, time, n]</c>): <c>[batch, 1, most, n]</c>.</summary>
    public Tensor ChooseRows(Tensor ofTokens)
    {
        var width = ofTokens.shape[^1];
        return ofTokens.reshape(-1, width).index_select(0, ofTokens.ndim == 2 ? times : places).view(batch, 1, most, width);
    }
}
