using GtiNotebooks.Diagnostics;
using GtiNotebooks.Studies;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>A method's rows at one moment, for charts that compare methods.</summary>
/// <param name="Method">The method's or initialiser's name, which gives colour, dash and place in the legend.</param>
/// <param name="Geometry">The rows' geometry.</param>
public sealed record NamedGeometry(string Method, GeometryReport Geometry)
{
    /// <summary>An initialiser's input rows.</summary>
    /// <param name="report">What was measured of it.</param>
    public static NamedGeometry Of(InitialisationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new NamedGeometry(report.Initialiser, report.Input.Geometry);
    }
}

public static partial class Charts
{
    /// <summary>Below this share of the largest, a singular value is not drawn: it is rounding, and would stretch the axis.</summary>
    private const double SmallestShare = 1e-6;

    /// <summary>
    /// The singular values of the new rows, each as a share of its run's largest, on a logarithmic axis: one line a run. A line that stays up
    /// has many directions that matter; the effective rank in the legend says how many.
    /// </summary>
    /// <param name="records">Runs, of one data set; several seeds of a method share its colour and its place in the legend. Anchors, which have no
    /// rows, are left out.</param>
    /// <param name="moment">Before or after fine-tuning.</param>
    /// <param name="centring">Of the rows as they are, or less their mean.</param>
    /// <exception cref="ArgumentException">There are no records.</exception>
    public static ChartView Spectra(IReadOnlyList<StudyRecord> records, GeometryMoment moment, Centring centring)
    {
        ArgumentNullException.ThrowIfNull(records);
        var withRows = Moments.WithRows(records);
        var methods = ByMethod(withRows);
        var traces = methods.SelectMany(method => method.Select((record, index) =>
            SpectrumLine(
                SpectrumName(method, moment, centring), record.Method, Text($", seed {record.Seed}"), record.At(moment).SingularValues(centring),
                inLegend: index == 0))).ToArray();
        var title = $"Singular values of the new rows {moment.Name()} ({centring.Name()}) on {DataSetsOf(withRows)}";
        var chart = Combine(traces, "no records")
            .WithTitle(Titled(title, $"a line a run: {SeedsOf(methods.Select(method => method.Count()))} a method"))
            .WithSpectrumAxes();
        return new ChartView(chart, $"{title}. {string.Join("; ", methods.Select(method => SpectrumName(method, moment, centring)))}.");
    }

    private static string SpectrumName(IGrouping<string, StudyRecord> method, GeometryMoment moment, Centring centring)
    {
        var ranks = method.Select(record => record.At(moment).EffectiveRank(centring)).Order().ToArray();
        return ranks.Length == 1
            ? Text($"{method.Key}: effective rank {ranks[0]:0.0}")
            : Text($"{method.Key}: effective rank {ranks[0]:0.0} to {ranks[^1]:0.0} ({ranks.Length} seeds)");
    }

    /// <summary>
    /// The singular values of several tables' rows, each as a share of its table's largest, on a logarithmic axis, with the effective rank in the legend:
    /// initialisers side by side.
    /// </summary>
    /// <param name="title">What the rows are, such as "Singular values of the new rows before training".</param>
    /// <param name="tables">At least one; their order is that of the legend, known methods first.</param>
    /// <param name="centring">Of the rows as they are, or less their mean.</param>
    /// <exception cref="ArgumentException">There are no tables.</exception>
    public static ChartView Spectra(string title, IReadOnlyList<NamedGeometry> tables, Centring centring)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(tables);
        var ordered = tables.OrderBy(table => Theme.OrderOf(table.Method)).ToArray();
        string[] names = [.. ordered.Select(table => Text($"{table.Method}: effective rank {table.Geometry.EffectiveRank(centring):0.0}"))];
        var lines = ordered.Select((table, i) => SpectrumLine(names[i], table.Method, "", table.Geometry.SingularValues(centring), inLegend: true)).ToArray();
        var chart = Combine(lines, "no tables").WithTitle($"{title} ({centring.Name()})").WithSpectrumAxes();
        return new ChartView(chart, $"{title} ({centring.Name()}). {string.Join("; ", names)}.");
    }

    private static GenericChart WithSpectrumAxes(this GenericChart chart) => chart
        .WithXAxis("position of the singular value, largest first")
        .WithYAxis("share of the largest singular value", StyleParam.AxisType.Log);

    private static GenericChart SpectrumLine(string name, string method, string run, IReadOnlyList<double> values, bool inLegend)
    {
        var largest = values.Count > 0 ? values[0] : 0;
        var drawn = values.TakeWhile(value => largest > 0 && value >= SmallestShare * largest).ToArray();
        // Equal rows, centred, have no spectrum at all. Zero has no place on a logarithmic axis, but keeps theirs in the legend, which a line without points loses.
        if (drawn.Length == 0)
            return PlotlyFigure.Line(new LineTrace<int>(name, [1], [0], Theme.ColourOf(method)) { Group = method, InLegend = inLegend, Dash = DashOf(method) });
        return PlotlyFigure.Line(new LineTrace<int>(
            name, [.. Enumerable.Range(1, drawn.Length)], [.. drawn.Select(value => value / largest)], Theme.ColourOf(method))
        {
            Group = method,
            InLegend = inLegend,
            Dash = DashOf(method),
            // One direction alone is a point, and a line of one point is not seen.
            Mode = drawn.Length == 1 ? StyleParam.Mode.Lines_Markers : StyleParam.Mode.Lines,
            Hover = [.. drawn.Select((value, index) => Text($"{method}{run}: σ{index + 1} = {value:0.0000}"))],
        });
    }
}
