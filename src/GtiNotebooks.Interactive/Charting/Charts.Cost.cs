using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>What a method reached at one cost.</summary>
/// <param name="Method">The method's name, which gives colour, dash and place in the legend.</param>
/// <param name="Examples">Training examples seen in all stages, repetitions counted; 0 for a method that trains nothing.</param>
/// <param name="Value">Mean and 95 % interval of the metric, as shares in [0, 1].</param>
public sealed record CostPoint(string Method, double Examples, ConfidenceInterval Value)
{
    /// <summary>What distinguishes the point from the method's others, for hover texts, such as "400 steps"; may be empty.</summary>
    public string Setting { get; init; } = "";

    /// <summary>A method of a study at the cost of its chosen setting.</summary>
    /// <param name="method">The method over its seeds.</param>
    /// <param name="metric"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <param name="k">The cutoff.</param>
    /// <exception cref="ArgumentException">The study has no such metric.</exception>
    public static CostPoint Of(MethodSummary method, string metric, int k)
    {
        ArgumentNullException.ThrowIfNull(method);
        var value = method.Find(metric, k) ?? throw new ArgumentException($"The study has no {metric}@{k} for '{method.Method}'.", nameof(metric));
        return new CostPoint(method.Method, method.TrainingExamples, value.Value);
    }
}

public static partial class Charts
{
    /// <summary>Recall@10 against the training examples that it took, on a logarithmic axis: a line a method through its points, with 95 % intervals.</summary>
    /// <param name="points">At least one; in any order.</param>
    /// <exception cref="ArgumentException">There are no points, or a cost or a value is negative or not finite.</exception>
    public static ChartView RecallAgainstCost(IReadOnlyList<CostPoint> points) =>
        MetricAgainstCost("Recall@10 against cost", "Recall@10", points);

    /// <summary>
    /// A metric against the training examples that it took, on a logarithmic axis: a line a method through its points, with 95 % intervals. A method
    /// that trains nothing has no place on such an axis; it is a level line across the whole width.
    /// </summary>
    /// <param name="title">Such as "Recall@10 against cost on wardrobe".</param>
    /// <param name="metric">The metric's name, such as "Recall@10".</param>
    /// <param name="points">At least one; in any order.</param>
    /// <exception cref="ArgumentException">There are no points, or a cost or a value is negative or not finite.</exception>
    public static ChartView MetricAgainstCost(string title, string metric, IReadOnlyList<CostPoint> points)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        ArgumentNullException.ThrowIfNull(points);
        foreach (var point in points) RequireCost(point);
        var places = PlacesOf(points);
        var methods = points.OrderBy(point => Theme.OrderOf(point.Method)).ThenBy(point => point.Method, StringComparer.Ordinal)
            .ThenBy(point => point.Examples).GroupBy(point => point.Method).ToArray();
        var width = WidthOf(points);
        var traces = methods.SelectMany(method => CostTraces(metric, method.Key, [.. method], places, width)).ToArray();
        var chart = Combine(traces, "no points")
            .WithTitle(Titled(title, points.Any(point => point.Value.HasInterval) ? "bars: 95 % intervals; points of one cost stand side by side" : ""))
            .WithXAxis("training examples in all stages (logarithmic)", StyleParam.AxisType.Log)
            .WithYAxis($"{metric} (%)", range: HeightsOf(points));
        return new ChartView(chart, $"{title}. {string.Join("; ", methods.Select(method => $"{method.Key}: {string.Join(", ", method.Select(DescribeCost))}"))}.");
    }

    /// <summary>
    /// NDCG@10 on the validation rows of early stopping, through fine-tuning: a line a method over all training examples seen by then, grounding
    /// included. Means over the seeds, without intervals: so many of them would hide the lines, and the claim is the test rows'.
    /// </summary>
    /// <param name="summary">A study with early stopping.</param>
    /// <exception cref="ArgumentException">No record has a curve.</exception>
    public static ChartView ValidationCurves(StudySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var points = summary.Methods.SelectMany(method => summary.ValidationCurve(method.Method)
            .Select(moment => new CostPoint(method.Method, moment.Examples, moment.Ndcg with { Low = double.NaN, High = double.NaN }))).ToArray();
        return points.Length > 0
            ? MetricAgainstCost($"Through fine-tuning on {summary.DatasetName}, validation rows, means over seeds", "NDCG@10", points)
            : throw new ArgumentException("No record has a validation curve; studies with early stopping have.", nameof(summary));
    }

    private static void RequireCost(CostPoint point)
    {
        if (!double.IsFinite(point.Examples) || point.Examples < 0)
            throw new ArgumentException($"'{point.Method}' has a cost of {point.Examples} examples; 0 or more are expected.");
        if (!double.IsFinite(point.Value.Mean) || point.Value.Mean < 0)
            throw new ArgumentException($"'{point.Method}' has a value of {point.Value.Mean}; a share in [0, 1] is expected.");
    }

    /// <summary>From a little below the smallest cost to a little above the largest.</summary>
    private static (double Low, double High) WidthOf(IReadOnlyList<CostPoint> points)
    {
        var costs = points.Select(point => point.Examples).Where(examples => examples > 0).DefaultIfEmpty(1).ToArray();
        return (costs.Min() / 1.25, costs.Max() * 1.25);
    }

    private static IEnumerable<GenericChart> CostTraces(string metric, string method, CostPoint[] points, Dictionary<CostPoint, double> places, (double Low, double High) width)
    {
        var untrained = points.Where(point => point.Examples == 0).ToArray();
        foreach (var (index, point) in untrained.Index())
            yield return PlotlyFigure.Line(CostLine(metric, method, [point, point], [width.Low, width.High]) with { InLegend = index == 0 });
        var trained = points[untrained.Length..];
        if (trained.Length == 0) yield break;
        yield return PlotlyFigure.Line(CostLine(metric, method, trained, [.. trained.Select(point => places[point])]) with
        {
            InLegend = untrained.Length == 0,
            Mode = StyleParam.Mode.Lines_Markers,
            Reach = trained.Any(point => point.Value.HasInterval)
                ? new Reach([.. trained.Select(point => ReachOf(point, point.Value.High - point.Value.Mean))], [.. trained.Select(point => ReachOf(point, point.Value.Mean - point.Value.Low))])
                : null,
        });
    }

    private static LineTrace<double> CostLine(string metric, string method, CostPoint[] points, double[] costs) =>
        new(method, costs, [.. points.Select(point => 100 * point.Value.Mean)], Theme.ColourOf(method))
        {
            Dash = DashOf(method),
            Hover = [.. points.Select(point => $"{method}{(point.Setting.Length > 0 ? ", " + point.Setting : "")}: {metric} {DescribeCost(point)}")],
        };

    private static double ReachOf(CostPoint point, double reach) => point.Value.HasInterval ? 100 * Math.Max(0, reach) : 0;

    private static string DescribeCost(CostPoint point) => (point.Examples, point.Value.HasInterval) switch
    {
        (0, _) => Text($"{100 * point.Value.Mean:0.00} % untrained"),
        (_, true) => Text($"{100 * point.Value.Mean:0.00} % [{100 * point.Value.Low:0.00}, {100 * point.Value.High:0.00}] after {point.Examples:N0} examples"),
        _ => Text($"{100 * point.Value.Mean:0.00} % after {point.Examples:N0} examples"),
    };
}
