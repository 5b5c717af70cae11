using GtiNotebooks.Data;
using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>The validation metric of early stopping, computed without listing the items: NDCG@10 with one relevant item a row.</summary>
internal static class NextItemNdcg
{
    private const int Cutoff = 10;
    private const int RowsAtOnce = 256;

    /// <summary>Mean NDCG@10 over the rows; ties go to the smaller item, as everywhere.</summary>
    public static double Of(SasRec model, IReadOnlyList<NextItemExample> rows)
    {
        var ranks = rows.Chunk(RowsAtOnce).SelectMany(chunk => Ranks(model, chunk));
        return ranks.Average(rank => rank <= Cutoff ? 1 / Math.Log2(rank + 1) : 0);
    }

    private static long[] Ranks(SasRec model, NextItemExample[] rows)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var scores = model.Scores(rows.Select(row => row.History).ToArray());
        var target = tensor(rows.Select(row => (long)row.Target).ToArray(), [rows.Length, 1], device: model.Device);
        var targetScore = scores.gather(1, target);
        var before = Scalars.Range(0, model.Config.Items, ScalarType.Int64, model.Device).unsqueeze(0).lt(target);
        var ahead = scores.gt(targetScore).logical_or(scores.eq(targetScore).logical_and(before));
        return ahead.sum(1).add(Scalars.One, Scalars.One).cpu().data<long>().ToArray();
    }
}
