using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

public static partial class Charts
{
    /// <summary>A metric at every cutoff, a column a method, with 95 % intervals over the seeds where there are several.</summary>
    /// <param name="summary">A study.</param>
    /// <param name="metric"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <exception cref="ArgumentException">The study does not have the metric.</exception>
    public static ChartView MetricAtK(StudySummary summary, string metric)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var traces = summary.Methods.OrderBy(method => Theme.OrderOf(method.Method)).Select(method => MetricColumns(method, metric)).ToArray();
        var title = $"{metric}@K on {summary.DatasetName}, {summary.TestRows} test rows";
        var spread = summary.Methods.Any(method => method.Seeds.Count > 1) ? ", mean and 95 % interval over the seeds" : "";
        var seeds = SeedsOf(summary.Methods.Select(method => method.Seeds.Count));
        var chart = Combine(traces, "no methods")
            .WithTitle(Titled(title, $"{(spread.Length > 0 ? "mean and 95 % interval over " : "")}{seeds}"))
            .WithXAxis("K (length of the list)", StyleParam.AxisType.Category)
            .WithYAxis($"{metric}@K (%)");
        return new ChartView(chart, $"{title}{spread}. {string.Join("; ", summary.Methods.Select(method => Describe(method, metric)))}.")
        {
            Finish = FigureLooks.HatchByMethod,
        };
    }

    private static MetricSummary[] MetricsOf(MethodSummary method, string metric)
    {
        var values = method.Metrics.Where(value => value.Name == metric).OrderBy(value => value.K).ToArray();
        return values.Length > 0 ? values : throw new ArgumentException($"The study has no metric '{metric}' for '{method.Method}'.", nameof(metric));
    }

    private static GenericChart MetricColumns(MethodSummary method, string metric)
    {
        var values = MetricsOf(method, metric);
        return PlotlyFigure.Columns(new ColumnTrace(
            method.Method, [.. values.Select(value => Text($"{value.K}"))], [.. values.Select(value => 100 * value.Value.Mean)], Theme.ColourOf(method.Method))
        {
            Hover = [.. values.Select(value => $"{method.Method}: {metric}@{value.K} = {Percent(value.Value)}, {method.Seeds.Count} seed(s)")],
            HalfWidths = values.Any(value => value.Value.HasInterval)
                ? [.. values.Select(value => value.Value.HasInterval ? 100 * value.Value.HalfWidth : 0)]
                : null,
        });
    }

    private static string Describe(MethodSummary method, string metric) =>
        $"{method.Method}: {string.Join(", ", MetricsOf(method, metric).Select(value => $"@{value.K} {Percent(value.Value)}"))}";

    private static string Percent(ConfidenceInterval value) =>
        value.HasInterval ? Text($"{100 * value.Mean:0.00} % ± {100 * value.HalfWidth:0.00}") : Text($"{100 * value.Mean:0.00} %");
}
