using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// The token table in two parameters: the rows the model was pretrained with, and the rows of new tokens. Training only the
/// new rows is then a matter of <c>requires_grad</c>; frozen rows share no optimiser state and cannot decay.
/// </summary>
/// <remarks>
/// Rows are found by token id, never by "the tail": a pretrained table often has spare rows behind its last token, and new ids
/// begin inside them. A spare row whose id is taken by a new token no longer exists: it is neither read nor scored.
/// </remarks>
public sealed class TokenEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Device device;
    private Parameter? newWeight;
    private RowLookup lookup;

    internal TokenEmbedding(long rows, long width, ScalarType dtype, Device device)
        : base(nameof(TokenEmbedding))
    {
        this.device = device;
        weight = new Parameter(empty(rows, width, dtype, device));
        lookup = new RowLookup(Enumerable.Range(0, (int)rows).ToArray(), null, device);
        register_parameter("weight", weight);
    }

    /// <summary>The pretrained rows <c>[V_text, width]</c>, spare rows included.</summary>
    public Parameter Text => weight;

    /// <summary>
    /// The rows of the new tokens <c>[V_new, width]</c>, in the order in which their ids were given; float32 beside pretrained rows of 16 bits,
    /// in which small steps of training would be lost.
    /// </summary>
    /// <exception cref="InvalidOperationException">The vocabulary was not extended.</exception>
    public Parameter New => newWeight ?? throw new InvalidOperationException("The vocabulary has not been extended; there are no new rows");

    /// <summary>Whether new rows exist.</summary>
    public bool IsExtended => newWeight is not null;

    /// <summary>Number of token ids that have a row.</summary>
    public int IdCount => lookup.Columns.Length;

    internal Parameter? NewOrNull => newWeight;

    /// <summary>Adds rows for new tokens; see <see cref="CausalLM.Extend"/>, which gives a separate head its rows too.</summary>
    /// <param name="tokenIds">Their ids; each unused so far or a spare row of the pretrained table, all different.</param>
    /// <param name="rows"><c>[tokenIds, width]</c>; copied.</param>
    /// <exception cref="ArgumentException">Ids repeat or leave a gap, or the rows have another shape.</exception>
    /// <exception cref="InvalidOperationException">The vocabulary was extended before.</exception>
    public void Extend(IReadOnlyList<int> tokenIds, Tensor rows)
    {
        if (IsExtended)
            throw new InvalidOperationException("The vocabulary has been extended already");
        if (rows.ndim != 2 || rows.shape[0] != tokenIds.Count || rows.shape[1] != weight.shape[1])
        {
            throw new ArgumentException(
                $"{tokenIds.Count} new tokens need rows [{tokenIds.Count}, {weight.shape[1]}]; got [{string.Join(", ", rows.shape)}]", nameof(rows));
        }

        var columns = ExtendedColumns(tokenIds);
        using (no_grad())
        using (NewDisposeScope())
        {
            newWeight = new Parameter(rows.detach().to(weight.dtype.Widened()).to(device).clone().DetachFromDisposeScope());
            register_parameter("new_weight", newWeight);
            lookup.Dispose();
            lookup = new RowLookup(columns, ReplacedRows(tokenIds), device);
        }
    }

    /// <summary>The column of the logits that belongs to a token.</summary>
    /// <param name="tokenId">A token id.</param>
    /// <exception cref="ArgumentOutOfRangeException">No row has this id.</exception>
    public int ColumnOf(int tokenId) => tokenId >= 0 && tokenId < lookup.Columns.Length
        ? lookup.Columns[tokenId]
        : throw new ArgumentOutOfRangeException(nameof(tokenId), tokenId, $"token ids lie in [0, {lookup.Columns.Length})");

    /// <summary>The token of each column of the logits; -1 for a spare row that a new token took.</summary>
    internal int[] IdOfColumn()
    {
        var ids = new int[weight.shape[0] + (newWeight?.shape[0] ?? 0)];
        Array.Fill(ids, -1);
        for (var id = 0; id < lookup.Columns.Length; id++)
            ids[lookup.Columns[id]] = id;
        return ids;
    }

    /// <summary>Looks tokens up.</summary>
    /// <param name="ids">Token ids, int64 <c>[batch, time]</c>.</param>
    /// <returns><c>[batch, time, width]</c>. The caller disposes it.</returns>
    public override Tensor forward(Tensor ids)
    {
        using var scope = NewDisposeScope();
        var rows = lookup.RowOfId.index_select(0, ids.flatten());
        var (textRows, width) = (weight.shape[0], weight.shape[1]);
        if (newWeight is null)
            return weight.index_select(0, rows).view(ids.shape[0], ids.shape[1], width).MoveToOuterDisposeScope();

        using var first = textRows.ToScalar();
        var isNew = rows.ge(first);
        var text = weight.index_select(0, rows.masked_fill(isNew, Scalars.Zero));
        var fresh = newWeight.index_select(0, (rows - first).clamp_min(Scalars.Zero)).As(weight.dtype);
        return where(isNew.unsqueeze(1), fresh, text).view(ids.shape[0], ids.shape[1], width).MoveToOuterDisposeScope();
    }

    /// <summary>The tied output head: the product with every row. A model with an <see cref="OutputHead"/> does not use it.</summary>
    /// <param name="hidden">Final states <c>[n, width]</c>.</param>
    /// <returns>
    /// <c>[n, V_text + V_new]</c>, float32 where the weights have 16 bits; <see cref="ColumnOf"/> names the columns, and replaced spare rows hold
    /// minus infinity. The caller disposes it.
    /// </returns>
    public Tensor Logits(Tensor hidden) => Logits(hidden, weight, newWeight);

    /// <summary>The product with another table whose rows lie as this one's.</summary>
    internal Tensor Logits(Tensor hidden, Parameter textRows, Parameter? newRows)
    {
        using var scope = NewDisposeScope(); // two copies of all logits less to keep
        var text = Products.Linear(hidden, textRows).Widened();
        if (newRows is null)
            return text.MoveToOuterDisposeScope();
        if (lookup.ReplacedRows is { } replaced)
            text = text.Plus(replaced);
        return cat(new[] { text, Products.Linear(hidden.Widened(), newRows) }, 1).MoveToOuterDisposeScope();
    }

    /// <summary>One row per token id, <c>[ids, width]</c>: the one table that Hugging Face expects.</summary>
    internal Tensor InOrderOfIds(Tensor textRows, Tensor? newRows) => newRows is null
        ? textRows.detach()
        : cat(new[] { textRows.detach(), newRows.detach().As(textRows.dtype) }, 0).index_select(0, lookup.RowOfId);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            lookup.Dispose();
        base.Dispose(disposing);
    }

    private int[] ExtendedColumns(IReadOnlyList<int> tokenIds)
    {
        var textRows = lookup.Columns.Length;
        var extended = Enumerable.Repeat(-1, Math.Max(textRows, tokenIds.Count == 0 ? 0 : tokenIds.Max() + 1)).ToArray();
        lookup.Columns.CopyTo(extended, 0);
        var seen = new HashSet<int>();
        for (var i = 0; i < tokenIds.Count; i++)
        {
            if (tokenIds[i] < 0 || !seen.Add(tokenIds[i]))
                throw new ArgumentException($"New token id {tokenIds[i]} is negative or given twice", nameof(tokenIds));
            extended[tokenIds[i]] = textRows + i;
        }

        var gap = Array.IndexOf(extended, -1);
        return gap < 0
            ? extended
            : throw new ArgumentException($"Token id {gap} would have no row; new ids must continue the table of {textRows} rows", nameof(tokenIds));
    }

    private Tensor? ReplacedRows(IReadOnlyList<int> tokenIds)
    {
        var replaced = tokenIds.Where(id => id < weight.shape[0]).Select(id => (long)id).ToArray();
        if (replaced.Length == 0)
            return null;
        using var scope = NewDisposeScope();
        var mask = zeros(weight.shape[0], weight.dtype.Widened(), device);
        mask.index_fill_(0, tensor(replaced, device: device), Scalars.MinusInfinity);
        return mask.DetachFromDisposeScope();
    }

    /// <summary>
    /// Where each token id has its row. A type of its own, because a module registers every tensor among its fields as a buffer, and these
    /// belong to no checkpoint.
    /// </summary>
    private sealed class RowLookup(int[] columns, Tensor? replacedRows, Device device) : IDisposable
    {
        /// <summary>Row of each token id; equally the column of its logit.</summary>
        public int[] Columns => columns;

        /// <summary>The same on the device, int64 <c>[ids]</c>.</summary>
        public Tensor RowOfId { get; } =
            tensor(Array.ConvertAll(columns, column => (long)column), device: device).DetachFromDisposeScope();

        /// <summary>Minus infinity for each spare row that a new id took, else 0, <c>[V_text]</c>; null where none was taken.</summary>
        public Tensor? ReplacedRows => replacedRows;

        public void Dispose()
        {
            RowOfId.Dispose();
            replacedRows?.Dispose();
        }
    }
}
