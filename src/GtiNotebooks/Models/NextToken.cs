using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>Chooses the next token of each row from its logits.</summary>
internal sealed class NextToken : IDisposable
{
    private readonly GenerationOptions options;
    private readonly int[] idOfColumn;
    private readonly Random[] random;
    private readonly Tensor? suppressed; // columns, int64

    public NextToken(CausalLM model, GenerationOptions options, int rows)
    {
        this.options = options;
        idOfColumn = model.Embedding.IdOfColumn();
        random = [.. Enumerable.Range(0, rows).Select(row => new Random(SeedOf(options.Seed, row)))];
        if (options.SuppressTokens.Count > 0)
        {
            var columns = options.SuppressTokens.Select(id => (long)model.Embedding.ColumnOf(id)).ToArray();
            suppressed = tensor(columns, device: model.Device).DetachFromDisposeScope();
        }
    }

    /// <summary>Token ids after logits <c>[rows, columns]</c>; of equally probable ones greedy choice takes the first column's.</summary>
    /// <exception cref="InvalidOperationException">The logits are not finite.</exception>
    public int[] After(Tensor logits)
    {
        if (suppressed is not null)
            logits = logits.index_fill(1, suppressed, Scalars.MinusInfinity);
        var (highest, columns) = logits.max(1);
        if (highest.isfinite().all().Number() == 0)
            throw new InvalidOperationException("The model's logits are not finite: did its training diverge, or is every token suppressed?");
        return options.IsGreedy ? Array.ConvertAll(columns.cpu().data<long>().ToArray(), column => idOfColumn[column]) : Drawn(logits);
    }

    public void Dispose() => suppressed?.Dispose();

    private int[] Drawn(Tensor logits)
    {
        var values = logits.to(ScalarType.Float32).cpu().data<float>().ToArray();
        var columns = (int)logits.shape[1];
        return [.. random.Select((source, row) =>
        {
            var distribution = TokenSampling.Distribution(values.AsSpan(row * columns, columns), options);
            return idOfColumn[TokenSampling.Draw(distribution, source.NextDouble())];
        })];
    }

    // Random's own mixing keeps neighbouring seeds apart.
    internal static int SeedOf(int seed, int row) => unchecked(seed * 1_000_003 + row);
}
