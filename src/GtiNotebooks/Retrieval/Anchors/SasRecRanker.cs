using GtiNotebooks.Data;
using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Retrieval;

/// <summary>Ranks by the scores of a trained SASRec; see <see cref="Training.SasRecTraining"/>.</summary>
/// <param name="model">The model; not disposed by this.</param>
public sealed class SasRecRanker(SasRec model) : IItemRanker
{
    private const int RowsAtOnce = 256;

    /// <inheritdoc/>
    public string Name => "SASRec";

    /// <inheritdoc/>
    /// <remarks>Histories must not be empty; only their last <see cref="SasRecConfig.MaxLength"/> items are read.</remarks>
    public IReadOnlyList<IReadOnlyList<int>> Rank(
        IReadOnlyList<NextItemExample> rows, int count, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        HistoryRanking.Check(rows, count, model.Config.Items);
        var ranked = new IReadOnlyList<int>[rows.Count];
        var done = 0;
        // Histories of one length run together: no padding.
        foreach (var batch in Enumerable.Range(0, rows.Count).GroupBy(row => rows[row].History.Count).SelectMany(g => g.Chunk(RowsAtOnce)))
        {
            cancellation.ThrowIfCancellationRequested();
            var best = Best([.. batch.Select(row => rows[row].History)], count);
            for (var i = 0; i < batch.Length; i++)
                ranked[batch[i]] = best[i];
            progress?.Report(done += batch.Length);
        }

        return ranked;
    }

    private int[][] Best(IReadOnlyList<int>[] histories, int count)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var scores = model.Scores(histories).to(ScalarType.Float32).cpu().data<float>().ToArray();
        var items = model.Config.Items;
        return histories.Select((_, row) => TopItems.Of(scores.AsSpan(row * items, items), count)).ToArray();
    }
}
