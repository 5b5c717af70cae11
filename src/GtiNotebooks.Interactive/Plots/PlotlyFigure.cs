using Microsoft.FSharp.Core;
using Plotly.NET;
using Plotly.NET.CSharp;
using Chart = Plotly.NET.CSharp.Chart;
using FSharpChart = Plotly.NET.Chart;

namespace GtiNotebooks.Interactive;

/// <summary>One line or band of a chart.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="X">Positions: numbers or categories.</param>
/// <param name="Y">Heights, as many as positions; finite.</param>
/// <param name="Colour">A web colour.</param>
internal sealed record LineTrace<TX>(string Name, IReadOnlyList<TX> X, IReadOnlyList<double> Y, string Colour) where TX : IConvertible
{
    /// <summary>What hovering shows, one text a point.</summary>
    public IReadOnlyList<string>? Hover { get; init; }

    /// <summary>Traces of one group are switched on and off together.</summary>
    public string Group { get; init; } = Name;

    public bool InLegend { get; init; } = true;

    public StyleParam.Mode Mode { get; init; } = StyleParam.Mode.Lines;

    public StyleParam.DrawingStyle Dash { get; init; } = StyleParam.DrawingStyle.Solid;

    public double Width { get; init; } = 2;

    /// <summary>Colour of the area inside the closed line, or null for a plain line.</summary>
    public string? Area { get; init; }

    /// <summary>Which panel of the figure it belongs to, from 1; see <see cref="PlotlyFigure.WithLinePanel"/>.</summary>
    public int Panel { get; init; } = 1;

    /// <summary>How far each point's interval reaches, 0 where there is none; null for no intervals at all.</summary>
    public Reach? Reach { get; init; }
}

/// <summary>How far intervals reach from their points.</summary>
/// <param name="Above">Upwards, at least 0, one a point.</param>
/// <param name="Below">Downwards, at least 0, one a point.</param>
internal sealed record Reach(IReadOnlyList<double> Above, IReadOnlyList<double> Below);

/// <summary>The columns of one series.</summary>
internal sealed record ColumnTrace(string Name, IReadOnlyList<string> Keys, IReadOnlyList<double> Values, string Colour)
{
    public IReadOnlyList<string>? Hover { get; init; }

    /// <summary>A colour a column; null for the series' one colour.</summary>
    public IReadOnlyList<string>? Colours { get; init; }

    /// <summary>Whether the texts of <see cref="Hover"/> stand above the columns, too.</summary>
    public bool Labelled { get; init; }

    public bool InLegend { get; init; } = true;

    public int Panel { get; init; } = 1;

    /// <summary>Half widths of the intervals, 0 where there is none; null for no intervals at all.</summary>
    public IReadOnlyList<double>? HalfWidths { get; init; }
}

/// <summary>
/// The only place that calls Plotly.NET: through Plotly.NET.CSharp where that has the function, else through the F# one, whose optional arguments C# cannot
/// leave out (null stands for none).
/// </summary>
internal static class PlotlyFigure
{
    public static GenericChart Line<TX>(LineTrace<TX> line) where TX : IConvertible
    {
        RequireFinite(line.Name, line.Y);
        var chart = Chart.Scatter<TX, double, string>(
            line.X, line.Y, line.Mode, Name: line.Name, ShowLegend: line.InLegend, MultiText: Sequence(line.Hover),
            MarkerColor: Colour(line.Colour), LineColor: Colour(line.Colour), LineWidth: line.Width, LineDash: line.Dash,
            Fill: line.Area is null ? default : Some(StyleParam.Fill.ToSelf),
            FillColor: line.Area is null ? default : Some(Colour(line.Area)),
            UseDefaults: false);
        chart = chart.WithTraceInfo(LegendGroup: line.Group);
        if (line.Reach is { } reach) chart = WithIntervals(chart, reach.Above, reach.Below, line.Colour);
        return OnPanel(chart, line.Panel);
    }

    private static GenericChart OnPanel(GenericChart chart, int panel) => panel == 1 ? chart : FSharpChart.withAxisAnchor(panel, panel).Invoke(chart);

    public static GenericChart Columns(ColumnTrace columns)
    {
        RequireFinite(columns.Name, columns.Values);
        var chart = Chart.Column<double, string, string>(
            columns.Values, Keys: Sequence(columns.Keys), Name: columns.Name, ShowLegend: columns.InLegend, MultiText: Sequence(columns.Hover),
            MarkerColor: columns.Colours is { } colours ? Color.fromColors(colours.Select(Colour)) : Colour(columns.Colour),
            TextPosition: Some(columns.Labelled ? StyleParam.TextPosition.Outside : StyleParam.TextPosition.None), UseDefaults: false);
        chart = OnPanel(chart, columns.Panel);
        return columns.HalfWidths is null ? chart : WithIntervals(chart, columns.HalfWidths, below: null, "#444444");
    }

    private static GenericChart WithIntervals(GenericChart chart, IReadOnlyList<double> above, IReadOnlyList<double>? below, string colour) =>
        FSharpChart.withYErrorStyle<double, double>(
            Visible: null, Type: null, Symmetric: below is null, Array: FSharpOption<IEnumerable<double>>.Some(above),
            Arrayminus: below is null ? null : FSharpOption<IEnumerable<double>>.Some(below), Value: null, Valueminus: null, Traceref: null, Tracerefminus: null,
            Copy_ystyle: null, Color: Colour(colour), Thickness: 1.5, Width: null).Invoke(chart);

    /// <summary>One matrix as a heat map on its own pair of axes, coloured by the figure's shared scale.</summary>
    public static GenericChart HeatMap(string name, IReadOnlyList<IReadOnlyList<double>> rows, IReadOnlyList<string>? labels, int panel)
    {
        foreach (var row in rows) RequireFinite(name, row);
        var chart = Chart.Heatmap<double, string, string, string>(rows, Name: name, X: Sequence(labels), Y: Sequence(labels), UseDefaults: false);
        return OnPanel(FSharpChart.withColorAxisAnchor(1).Invoke(chart), panel);
    }

    public static GenericChart Combine(IEnumerable<GenericChart> charts) => Chart.Combine(charts);

    public static GenericChart WithTitle(this GenericChart chart, string title) => FSharpChart.withTitle(title, TitleFont: null).Invoke(chart);

    public static GenericChart WithHeight(this GenericChart chart, int pixels) => chart.WithSize(Height: pixels);

    public static GenericChart WithXAxis(this GenericChart chart, string title, StyleParam.AxisType? type = null, (double Low, double High)? range = null) =>
        chart.WithXAxisStyle<double, double, string>(TitleText: title, AxisType: Given(type), MinMax: Range(range));

    /// <summary>An axis of categories in the order given, whichever of them a trace has.</summary>
    public static GenericChart WithCategories(this GenericChart chart, string title, IReadOnlyList<string> categories) =>
        chart.WithXAxisStyle<double, double, string>(
            TitleText: title, AxisType: Given(StyleParam.AxisType.Category), CategoryArray: Sequence(categories));

    public static GenericChart WithYAxis(this GenericChart chart, string title, StyleParam.AxisType? type = null, (double Low, double High)? range = null) =>
        chart.WithYAxisStyle<double, double, string>(TitleText: title, AxisType: Given(type), MinMax: Range(range));

    /// <summary>Places the axes of one panel; y runs downwards, as rows of a matrix do.</summary>
    public static GenericChart WithPanel(this GenericChart chart, int panel, string title, string rowTitle, (double Low, double High) width, int rows)
    {
        chart = chart.WithXAxisStyle<double, double, string>(
            TitleText: title, Domain: Some(Tuple.Create(width.Low, width.High)), ShowGrid: false,
            Anchor: Some(StyleParam.LinearAxisId.NewY(panel)), Id: StyleParam.SubPlotId.NewXAxis(panel));
        return chart.WithYAxisStyle<double, double, string>(
            TitleText: rowTitle, MinMax: Some(Tuple.Create(rows - 0.5, -0.5)), ShowGrid: false,
            Anchor: Some(StyleParam.LinearAxisId.NewX(panel)), Id: StyleParam.SubPlotId.NewYAxis(panel));
    }

    /// <summary>Places the axes of one panel of lines.</summary>
    public static GenericChart WithLinePanel(
        this GenericChart chart, int panel, string xTitle, string yTitle, (double Low, double High) width, (double Low, double High) heights)
    {
        chart = chart.WithXAxisStyle<double, double, string>(
            TitleText: xTitle, Domain: Some(Tuple.Create(width.Low, width.High)),
            Anchor: Some(StyleParam.LinearAxisId.NewY(panel)), Id: StyleParam.SubPlotId.NewXAxis(panel));
        return chart.WithYAxisStyle<double, double, string>(
            TitleText: yTitle, MinMax: Some(Tuple.Create(heights.Low, heights.High)),
            Anchor: Some(StyleParam.LinearAxisId.NewX(panel)), Id: StyleParam.SubPlotId.NewYAxis(panel));
    }

    private static Color Colour(string colour) => Color.fromString(colour);

    private static Optional<T> Some<T>(T value) => new(value, true);

    private static Optional<T> Given<T>(T? value) where T : class => value is null ? default : new(value, true);

    private static Optional<IEnumerable<string>> Sequence(IReadOnlyList<string>? texts) => texts is null ? default : new(texts, true);

    private static Optional<Tuple<double, double>> Range((double Low, double High)? range) =>
        range is { } given ? Some(Tuple.Create(given.Low, given.High)) : default;

    // Plotly.NET would write NaN, which is not JSON; and a chart with holes says nothing of why.
    private static void RequireFinite(string name, IReadOnlyList<double> values)
    {
        for (var i = 0; i < values.Count; i++)
            if (!double.IsFinite(values[i]))
                throw new ArgumentException($"Series '{name}': value {i} is {values[i]}; a chart draws finite numbers only.");
    }
}
