using GtiNotebooks.Diagnostics;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>The geometry of a method's new rows through training.</summary>
/// <param name="Method">The method's name, which gives colour and dash; several curves of one method share its place in the legend.</param>
/// <param name="Points">At least one; <see cref="TrainingWatch{TPoint}.Points"/> of a <see cref="GeometryCurve"/> has them.</param>
public sealed record GeometryLine(string Method, IReadOnlyList<GeometryPoint> Points);

public static partial class Charts
{
    /// <summary>The effective rank of the new rows over the steps of training, a line a curve: what training repairs of a collapse, and when.</summary>
    /// <param name="title">What was trained, such as "Effective rank through fine-tuning on wardrobe".</param>
    /// <param name="lines">The curves.</param>
    /// <param name="centring">Of the rows as they are, or less their mean.</param>
    /// <exception cref="ArgumentException">There are no curves, or one is empty.</exception>
    public static ChartView EffectiveRankOverTraining(string title, IReadOnlyList<GeometryLine> lines, Centring centring)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.FirstOrDefault(line => line.Points.Count == 0) is { } empty) throw new ArgumentException($"The curve of '{empty.Method}' has no points.", nameof(lines));
        var methods = lines.OrderBy(line => Theme.OrderOf(line.Method)).GroupBy(line => line.Method).ToArray();
        var traces = methods.SelectMany(method => method.Select((line, index) => RankCurve(line, centring, inLegend: index == 0))).ToArray();
        var highest = lines.SelectMany(line => line.Points).Select(point => point.Report.EffectiveRank(centring)).DefaultIfEmpty().Max();
        var chart = Combine(traces, "no curves")
            .WithTitle($"{title} ({centring.Name()})")
            .WithXAxis("step, all stages")
            .WithYAxis("effective rank (number of directions)", range: FromZero(highest));
        return new ChartView(chart, $"{title} ({centring.Name()}), first to last. {string.Join("; ", methods.SelectMany(method => method).Select(line => DescribeRankCurve(line, centring)))}.");
    }

    private static GenericChart RankCurve(GeometryLine line, Centring centring, bool inLegend) => PlotlyFigure.Line(new LineTrace<int>(
        line.Method, [.. line.Points.Select(point => point.Step)], [.. line.Points.Select(point => point.Report.EffectiveRank(centring))], Theme.ColourOf(line.Method))
    {
        InLegend = inLegend,
        Mode = StyleParam.Mode.Lines_Markers,
        Dash = DashOf(line.Method),
        Hover = [.. line.Points.Select(point => Text($"{line.Method}, {point.Stage}, step {point.Step}: effective rank {point.Report.EffectiveRank(centring):0.0}"))],
    });

    private static string DescribeRankCurve(GeometryLine line, Centring centring)
    {
        var (first, last) = (line.Points[0], line.Points[^1]);
        return Text($"{line.Method}: {first.Report.EffectiveRank(centring):0.0} to {last.Report.EffectiveRank(centring):0.0} in {last.Step} steps");
    }
}
