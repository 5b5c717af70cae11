using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>
/// Statistics of a table's rows in float64. They are accumulated over a few rows at a time, so that no copy of the table is made, which may
/// have 150,000 rows in 16 bits.
/// </summary>
internal static class RowStatistics
{
    // 8 MB in float64.
    private const long MostEntries = 1 << 20;

    /// <summary>The mean row, <c>[1, width]</c> float64 on the rows' device; the caller disposes it.</summary>
    public static Tensor Mean(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var sum = zeros(1, rows.shape[1], ScalarType.Float64, rows.device);
        ForEachChunk(rows, chunk => sum.add_(chunk.sum(0, keepdim: true), Scalars.One));
        using var count = rows.shape[0].ToScalar();
        return sum.div(count).MoveToOuterDisposeScope();
    }

    /// <summary>Covariance of the rows' columns around the mean row, divided by the number of rows, <c>[width, width]</c> float64 on the rows' device.</summary>
    public static Tensor Covariance(Tensor rows, Tensor mean)
    {
        using var scope = NewDisposeScope();
        var sum = zeros(rows.shape[1], rows.shape[1], ScalarType.Float64, rows.device);
        ForEachChunk(rows, chunk =>
        {
            var centred = chunk.sub(mean);
            sum.add_(centred.t().mm(centred), Scalars.One);
        });
        using var count = rows.shape[0].ToScalar();
        return sum.div(count).MoveToOuterDisposeScope();
    }

    /// <summary>Mean squared distance of the rows from the mean row: the trace of their covariance.</summary>
    public static double MeanSquaredDistance(Tensor rows, Tensor mean)
    {
        var sum = 0.0;
        ForEachChunk(rows, chunk => sum += chunk.sub(mean).pow(Scalars.Two).sum().Number());
        return sum / rows.shape[0];
    }

    /// <summary>Lengths of the rows.</summary>
    public static double[] Norms(Tensor rows)
    {
        var norms = new List<double>((int)rows.shape[0]);
        ForEachChunk(rows, chunk => norms.AddRange(chunk.pow(Scalars.Two).sum(1).sqrt().cpu().data<double>().ToArray()));
        return [.. norms];
    }

    private static void ForEachChunk(Tensor rows, Action<Tensor> use)
    {
        using var frozen = no_grad();
        var chunk = Math.Max(1, MostEntries / rows.shape[1]);
        for (var start = 0L; start < rows.shape[0]; start += chunk)
        {
            using var scope = NewDisposeScope();
            use(rows.narrow(0, start, Math.Min(chunk, rows.shape[0] - start)).detach().to(ScalarType.Float64));
        }
    }
}
