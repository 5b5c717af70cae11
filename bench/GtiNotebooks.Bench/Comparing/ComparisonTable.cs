using System.Globalization;
using System.Text;

namespace GtiNotebooks.Bench;

/// <summary>The comparison as a Markdown table.</summary>
internal static class ComparisonTable
{
    /// <summary>One row a task.</summary>
    public static string Markdown(IEnumerable<TaskComparison> tasks)
    {
        var table = new StringBuilder();
        table.AppendLine("| task | ours | PyTorch | ratio, median (lowest to highest) | by processor time | peak memory, ours / PyTorch | share of the GEMM rate |");
        table.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var task in tasks)
            table.AppendLine(Row(task));
        return table.ToString();
    }

    private static string Row(TaskComparison task)
    {
        var (ours, theirs) = (task.Rounds.Select(round => round.Ours).ToArray(), task.Rounds.Select(round => round.Theirs).ToArray());
        string[] cells =
        [
            task.Task,
            $"{Number(Median(ours, side => side.Rate))} {ours[0].Unit}",
            $"{Number(Median(theirs, side => side.Rate))} {theirs[0].Unit}",
            Ratio(task.Speed),
            Ratio(task.CpuSpeed),
            $"{Megabytes(ours)} / {Megabytes(theirs)} MB = {Number(task.Memory.Median)}",
            Share([.. ours.Select(side => side.GemmShare).OfType<double>()]),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Ratio(PairedRatio ratio) => $"{Number(ratio.Median)} ({Number(ratio.Lowest)} to {Number(ratio.Highest)})";

    private static string Megabytes(IReadOnlyList<Measurement> sides) =>
        (Median(sides, side => side.PeakMemoryBytes) / 1e6).ToString("0", CultureInfo.InvariantCulture);

    private static string Share(IReadOnlyList<double> shares) =>
        shares.Count == 0 ? "" : (100 * PairedRatio.Of(shares.Select(share => (share, 1.0))).Median).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static double Median(IEnumerable<Measurement> sides, Func<Measurement, double> value) =>
        PairedRatio.Of(sides.Select(side => (value(side), 1.0))).Median;

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
