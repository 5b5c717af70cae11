using Plotly.NET.TraceObjects;

namespace Plotly.NET.CSharp;

/// <remarks>
/// Properties take the names Plotly gives them; parameters whose types nothing here makes are never given, so no line writes them.
/// </remarks>
public static class Chart
{
    public static GenericChart Scatter<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, StyleParam.Mode mode, Optional<string> Name = default, Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default, Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default,
        Optional<Marker> Marker = default, Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default, Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default,
        Optional<string> StackGroup = default, Optional<StyleParam.Orientation> Orientation = default,
        Optional<StyleParam.GroupNorm> GroupNorm = default, Optional<StyleParam.Fill> Fill = default, Optional<Color> FillColor = default,
        Optional<bool> UseWebGL = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible
    {
        var marker = new JsonBag()
            .With("color", MarkerColor)
            .With("colorscale", MarkerColorScale)
            .With("opacity", MultiOpacity);
        var line = new JsonBag()
            .With("color", LineColor)
            .With("dash", LineDash)
            .With("colorscale", LineColorScale)
            .With("width", LineWidth);
        var trace = Trace(UseWebGL is { IsSome: true, Value: true } ? "scattergl" : "scatter")
            .With("name", Name)
            .With("showlegend", ShowLegend)
            .With("opacity", Opacity)
            .With("mode", Given(mode))
            .With("x", Given(x))
            .With("y", Given(y))
            .With("text", Text)
            .With("text", MultiText)
            .With("textposition", TextPosition)
            .With("textposition", MultiTextPosition)
            .With("orientation", Orientation)
            .With("stackgroup", StackGroup)
            .With("fill", Fill)
            .With("fillcolor", FillColor)
            .With("line", Given(line))
            .With("marker", Given(marker));
        return GenericChart.Of(trace, WithDefaults(UseDefaults));
    }

    public static GenericChart Column<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Keys = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.PatternShape> MarkerPatternShape = default,
        Optional<IEnumerable<StyleParam.PatternShape>> MultiMarkerPatternShape = default, Optional<Pattern> MarkerPattern = default,
        Optional<Marker> Marker = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<IEnumerable<ValuesType>> MultiWidth = default,
        Optional<bool> UseDefaults = default, Optional<ValuesType> Base = default, Optional<ValuesType> Width = default)
        where ValuesType : IConvertible
        where KeysType : IConvertible
        where TextType : IConvertible
    {
        var marker = new JsonBag()
            .With("color", MarkerColor)
            .With("colorscale", MarkerColorScale)
            .With("opacity", MultiOpacity)
            .With("pattern", Given(new JsonBag()));
        var trace = Trace("bar")
            .With("name", Name)
            .With("showlegend", ShowLegend)
            .With("opacity", Opacity)
            .With("x", Keys)
            .With("y", Given(values))
            .With("base", Base)
            .With("width", Width)
            .With("width", MultiWidth)
            .With("text", Text)
            .With("text", MultiText)
            .With("textposition", TextPosition)
            .With("textposition", MultiTextPosition)
            .With("orientation", Given(StyleParam.Orientation.Vertical))
            .With("marker", Given(marker));
        return GenericChart.Of(trace, WithDefaults(UseDefaults));
    }

    public static GenericChart Heatmap<ZType, XType, YType, TextType>(
        IEnumerable<IEnumerable<ZType>> zData, Optional<string> Name = default, Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default, Optional<IEnumerable<XType>> X = default, Optional<int> XGap = default,
        Optional<IEnumerable<YType>> Y = default, Optional<int> YGap = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<ColorBar> ColorBar = default,
        Optional<StyleParam.Colorscale> ColorScale = default, Optional<bool> ShowScale = default, Optional<bool> ReverseScale = default,
        Optional<StyleParam.SmoothAlg> ZSmooth = default, Optional<bool> Transpose = default, Optional<bool> UseWebGL = default,
        Optional<bool> ReverseYAxis = default, Optional<bool> UseDefaults = default)
        where ZType : IConvertible
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible
    {
        var trace = Trace(UseWebGL is { IsSome: true, Value: true } ? "heatmapgl" : "heatmap")
            .With("name", Name)
            .With("showlegend", ShowLegend)
            .With("opacity", Opacity)
            .With("x", X)
            .With("xgap", XGap)
            .With("y", Y)
            .With("ygap", YGap)
            .With("z", Given(zData))
            .With("text", Text)
            .With("text", MultiText)
            .With("colorscale", ColorScale)
            .With("showscale", ShowScale)
            .With("reversescale", ReverseScale)
            .With("transpose", Transpose);
        var chart = GenericChart.Of(trace, WithDefaults(UseDefaults));
        return ReverseYAxis is { IsSome: true, Value: true }
            ? chart.AddLayout("yaxis", new JsonBag().With("autorange", Given("reversed")))
            : chart;
    }

    public static GenericChart Combine(IEnumerable<GenericChart> gCharts) => GenericChart.combine(gCharts);

    private static JsonBag Trace(string type) => new JsonBag().With("type", Given(type));

    private static Optional<T> Given<T>(T value) => new(value, true);

    private static bool WithDefaults(Optional<bool> useDefaults) => !useDefaults.IsSome || useDefaults.Value;
}
