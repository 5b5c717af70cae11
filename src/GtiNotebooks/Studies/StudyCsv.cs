using System.Text;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>A study as CSV: one row a method, all numbers in full.</summary>
public static class StudyCsv
{
    /// <summary>
    /// Writes one row a method, comma-separated, with a header: metrics with the ends of their intervals, differences to the first method, effective
    /// ranks and mean cosines before (<c>start</c>) and after fine-tuning, cost of every stage. What is not defined is empty.
    /// </summary>
    /// <param name="summary">The study.</param>
    /// <returns>CSV (RFC 4180, but lines ended by \n).</returns>
    public static string Write(StudySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var stages = summary.Methods.SelectMany(method => method.Costs).Select(cost => cost.Stage).Distinct().ToArray();
        var rows = summary.Methods.Select(method => Cells(summary, method, stages).ToArray()).ToArray();
        var text = new StringBuilder();
        text.AppendJoin(',', rows[0].Select(cell => Quote(cell.Name))).Append('\n');
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(cell => Quote(cell.Text))).Append('\n');
        }
        return text.ToString();
    }

    private static IEnumerable<(string Name, string Text)> Cells(StudySummary summary, MethodSummary method, string[] stages) =>
    [
        ("dataset", summary.DatasetName),
        ("method", method.Method),
        ("seeds", TableText.Exact(method.Seeds.Count)),
        ("training_pairs", TableText.Exact(method.TrainingPairs)),
        ("test_rows", TableText.Exact(summary.TestRows)),
        ("beam_width", TableText.Exact(summary.Options.BeamWidth)),
        .. method.Metrics.SelectMany(metric => Interval($"{metric.Name}@{metric.K}", metric.Value)),
        .. method.Metrics.SelectMany(metric => Interval($"{metric.Name}@{metric.K}_difference", metric.Difference)),
        .. method.Metrics.Select(metric => ($"{metric.Name}@{metric.K}_seeds_ahead", metric.Difference is null ? "" : TableText.Exact(metric.SeedsAhead))),
        .. method.Metrics.SelectMany(metric => Interval($"{metric.Name}@{metric.K}_string_match", method.FindStringMatch(metric.Name, metric.K)?.Value)),
        .. Interval($"coverage@{method.CatalogueUse.K}", method.CatalogueUse.Coverage),
        .. Interval($"novelty@{method.CatalogueUse.K}", method.CatalogueUse.Novelty),
        ("setting", method.Setting ?? ""),
        .. Geometry("start", method.AtStart),
        .. Geometry("after", method.AfterSft),
        .. stages.SelectMany(stage => Cost(stage, method.Costs.SingleOrDefault(cost => cost.Stage == stage))),
    ];

    private static IEnumerable<(string, string)> Interval(string name, ConfidenceInterval? interval) =>
    [
        (name, TableText.Exact(interval?.Mean ?? double.NaN)),
        ($"{name}_low", TableText.Exact(interval?.Low ?? double.NaN)),
        ($"{name}_high", TableText.Exact(interval?.High ?? double.NaN)),
    ];

    private static IEnumerable<(string, string)> Geometry(string moment, GeometrySummary? geometry) =>
    [
        .. Interval($"effective_rank_raw_{moment}", geometry?.EffectiveRankRaw),
        .. Interval($"effective_rank_centred_{moment}", geometry?.EffectiveRankCentred),
        .. Interval($"mean_cosine_{moment}", geometry?.MeanCosine),
    ];

    private static IEnumerable<(string, string)> Cost(string stage, StageCostSummary? cost)
    {
        var name = stage.Replace(' ', '_').Replace('-', '_');
        return
        [
            ($"{name}_steps", TableText.Exact(cost?.Steps ?? double.NaN)),
            ($"{name}_examples", TableText.Exact(cost?.Examples ?? double.NaN)),
            ($"{name}_seconds", TableText.Exact(cost?.Seconds ?? double.NaN)),
        ];
    }

    private static string Quote(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
}
