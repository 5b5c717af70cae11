using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// SASRec, self-attentive sequential recommendation (Kang and McAuley, ICDM 2018, arXiv 1808.09781): a causal transformer whose tokens are
/// items. Item vectors and learned positions go in; an item's score is the product of the last state with its vector (tied weights).
/// </summary>
/// <remarks>
/// Unlike the paper's code, histories begin at position 0 and padding stands to the right, where nothing real looks at it: the table
/// needs no padding row, and a history's scores do not depend on the others in its batch.
/// </remarks>
public sealed class SasRec : nn.Module<Tensor, Tensor>
{
    private const long PaddingItem = 0; // any item serves: no state of a real item sees it
    private readonly Embedding item_embedding, position_embedding;
    private readonly ModuleList<SasRecBlock> blocks;
    private readonly LayerNorm norm;

    /// <summary>Makes a model whose weights are not set; see <see cref="InitialiseWeights"/>.</summary>
    /// <param name="config">Its architecture.</param>
    /// <param name="dtype">Type of the weights; float32 if left out.</param>
    /// <param name="device">Device of the weights; the CPU if left out.</param>
    /// <exception cref="ArgumentException">The configuration does not fit together.</exception>
    public SasRec(SasRecConfig config, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : base(nameof(SasRec))
    {
        config.Validate();
        Config = config;
        Device = device ?? CPU;
        item_embedding = nn.Embedding(config.Items, config.Width, device: Device, dtype: dtype);
        position_embedding = nn.Embedding(config.MaxLength, config.Width, device: Device, dtype: dtype);
        blocks = new ModuleList<SasRecBlock>(Enumerable.Range(0, config.Blocks).Select(_ => new SasRecBlock(config, dtype, Device)).ToArray());
        norm = nn.LayerNorm(config.Width, device: Device, dtype: dtype);
        register_module(nameof(item_embedding), item_embedding);
        register_module(nameof(position_embedding), position_embedding);
        register_module(nameof(blocks), blocks);
        register_module(nameof(norm), norm);
        foreach (var parameter in parameters())
            parameter.DetachFromDisposeScope(); // the module owns its weights, whatever scope it is made in
    }

    /// <summary>The architecture.</summary>
    public SasRecConfig Config { get; }

    /// <summary>The device the weights are on.</summary>
    public Device Device { get; }

    /// <summary>Draws fresh weights: matrices normal with deviation 0.02, gains 1, biases 0.</summary>
    /// <param name="seed">Seed of the draw.</param>
    public void InitialiseWeights(long seed)
    {
        using var generator = SeededDraw.Generator(seed);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, parameter) in named_parameters())
        {
            if (parameter.ndim == 2)
                SeededDraw.FillNormal(parameter, 0.02, generator);
            else
                parameter.fill_(name.EndsWith("norm.weight", StringComparison.Ordinal) ? Scalars.One : Scalars.Zero);
        }
    }

    /// <summary>Runs whole sequences without dropout; padding, if any, stands to the right.</summary>
    /// <param name="items">Item positions, int64 <c>[batch, time]</c>.</param>
    /// <returns>Final states <c>[batch, time, width]</c>, after the last norm. The caller disposes them.</returns>
    /// <exception cref="ArgumentException">The items are not a matrix, or longer than the model was made for.</exception>
    public override Tensor forward(Tensor items) => Forward(items, state => state);

    /// <summary>Runs whole sequences as training does; dropout belongs to the training, which brings its own.</summary>
    /// <param name="items">Item positions, int64 <c>[batch, time]</c>.</param>
    /// <param name="dropout">Applied to the sum of the embeddings, to the hidden units and to the output of every layer.</param>
    /// <returns>Final states <c>[batch, time, width]</c>, after the last norm. The caller disposes them.</returns>
    /// <exception cref="ArgumentException">The items are not a matrix, or longer than the model was made for.</exception>
    public Tensor Forward(Tensor items, Func<Tensor, Tensor> dropout)
    {
        if (items.ndim != 2 || items.dtype != ScalarType.Int64)
            throw new ArgumentException($"Items must be int64 [batch, time]; got {items.dtype} [{string.Join(", ", items.shape)}]", nameof(items));
        var time = items.shape[1];
        if (time < 1 || time > Config.MaxLength)
            throw new ArgumentException($"The sequence has {time} items; the model was made for 1 to {Config.MaxLength}", nameof(items));

        using var scope = NewDisposeScope();
        var pattern = new CausalAttention();
        // The square root keeps the item's share of the sum above its position's, as in the paper's code.
        var hidden = dropout(item_embedding.call(items).Times(Math.Sqrt(Config.Width)).Plus(position_embedding.weight!.narrow(0, 0, time)));
        foreach (var block in blocks)
            hidden = block.Forward(hidden, pattern, dropout);
        return norm.call(hidden).MoveToOuterDisposeScope();
    }

    /// <summary>Scores of all items after the given states.</summary>
    /// <param name="hidden">Final states <c>[n, width]</c>.</param>
    /// <returns><c>[n, items]</c>. The caller disposes it.</returns>
    public Tensor Logits(Tensor hidden) => nn.functional.linear(hidden, item_embedding.weight!);

    /// <summary>Scores of all items as the next one of each history.</summary>
    /// <param name="histories">Items of each user, oldest first, at least one; only the last <see cref="SasRecConfig.MaxLength"/> are read.</param>
    /// <returns><c>[histories, items]</c>. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no history, or one is empty.</exception>
    public Tensor Scores(IReadOnlyList<IReadOnlyList<int>> histories)
    {
        if (histories.Count == 0 || histories.Any(history => history.Count == 0))
            throw new ArgumentException("SASRec predicts from at least one item; a history is empty, or there is none", nameof(histories));
        using var scope = NewDisposeScope();
        var lengths = histories.Select(history => Math.Min(history.Count, Config.MaxLength)).ToArray();
        var time = lengths.Max();
        var items = new long[histories.Count * time];
        Array.Fill(items, PaddingItem);
        for (var row = 0; row < lengths.Length; row++)
        {
            for (var t = 0; t < lengths[row]; t++)
                items[row * time + t] = histories[row][histories[row].Count - lengths[row] + t];
        }

        var last = tensor(lengths.Select((length, row) => (long)row * time + length - 1).ToArray(), device: Device);
        var hidden = call(tensor(items, [histories.Count, time], device: Device));
        return Logits(hidden.view(-1, Config.Width).index_select(0, last)).MoveToOuterDisposeScope();
    }
}
