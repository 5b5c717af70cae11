using Plotly.NET.LayoutObjects;

namespace Plotly.NET.CSharp;

public static class GenericChartExtensions
{
    public static GenericChart WithXAxisStyle<MinType, MaxType, CategoryArrayType>(
        this GenericChart gChart, Optional<string> TitleText = default, Optional<Font> TitleFont = default, Optional<int> TitleStandoff = default,
        Optional<Title> Title = default, Optional<Color> Color = default, Optional<StyleParam.AxisType> AxisType = default,
        Optional<Tuple<MinType, MaxType>> MinMax = default, Optional<StyleParam.Mirror> Mirror = default, Optional<bool> ShowSpikes = default,
        Optional<Color> SpikeColor = default, Optional<int> SpikeThickness = default, Optional<bool> ShowLine = default,
        Optional<Color> LineColor = default, Optional<bool> ShowGrid = default, Optional<Color> GridColor = default,
        Optional<bool> ZeroLine = default, Optional<Color> ZeroLineColor = default, Optional<StyleParam.LinearAxisId> Anchor = default,
        Optional<StyleParam.Side> Side = default, Optional<StyleParam.LinearAxisId> Overlaying = default,
        Optional<Tuple<double, double>> Domain = default, Optional<double> Position = default,
        Optional<StyleParam.CategoryOrder> CategoryOrder = default, Optional<IEnumerable<CategoryArrayType>> CategoryArray = default,
        Optional<RangeSlider> RangeSlider = default, Optional<RangeSelector> RangeSelector = default, Optional<Color> BackgroundColor = default,
        Optional<bool> ShowBackground = default, Optional<StyleParam.SubPlotId> Id = default)
        where MinType : IConvertible
        where MaxType : IConvertible
        where CategoryArrayType : IConvertible =>
        gChart.AddLayout(AxisName(Id, StyleParam.SubPlotId.NewXAxis(1)), AxisBag(TitleText, TitleFont, TitleStandoff, Title)
            .With("color", Color)
            .With("type", AxisType)
            .With("range", Pair(MinMax))
            .With("domain", Pair(Domain))
            .With("showspikes", ShowSpikes)
            .With("spikecolor", SpikeColor)
            .With("spikethickness", SpikeThickness)
            .With("showline", ShowLine)
            .With("linecolor", LineColor)
            .With("showgrid", ShowGrid)
            .With("gridcolor", GridColor)
            .With("zeroline", ZeroLine)
            .With("zerolinecolor", ZeroLineColor)
            .With("anchor", Anchor)
            .With("overlaying", Overlaying)
            .With("position", Position)
            .With("categoryarray", CategoryArray)
            .With("backgroundcolor", BackgroundColor)
            .With("showbackground", ShowBackground));

    public static GenericChart WithYAxisStyle<MinType, MaxType, CategoryArrayType>(
        this GenericChart gChart, Optional<string> TitleText = default, Optional<Font> TitleFont = default, Optional<int> TitleStandoff = default,
        Optional<Title> Title = default, Optional<Color> Color = default, Optional<StyleParam.AxisType> AxisType = default,
        Optional<Tuple<MinType, MaxType>> MinMax = default, Optional<StyleParam.Mirror> Mirror = default, Optional<bool> ShowSpikes = default,
        Optional<Color> SpikeColor = default, Optional<int> SpikeThickness = default, Optional<bool> ShowLine = default,
        Optional<Color> LineColor = default, Optional<bool> ShowGrid = default, Optional<Color> GridColor = default,
        Optional<bool> ZeroLine = default, Optional<Color> ZeroLineColor = default, Optional<StyleParam.LinearAxisId> Anchor = default,
        Optional<StyleParam.Side> Side = default, Optional<StyleParam.LinearAxisId> Overlaying = default,
        Optional<Tuple<double, double>> Domain = default, Optional<double> Position = default,
        Optional<StyleParam.CategoryOrder> CategoryOrder = default, Optional<IEnumerable<CategoryArrayType>> CategoryArray = default,
        Optional<RangeSlider> RangeSlider = default, Optional<RangeSelector> RangeSelector = default, Optional<Color> BackgroundColor = default,
        Optional<bool> ShowBackground = default, Optional<StyleParam.SubPlotId> Id = default)
        where MinType : IConvertible
        where MaxType : IConvertible
        where CategoryArrayType : IConvertible =>
        gChart.AddLayout(AxisName(Id, StyleParam.SubPlotId.NewYAxis(1)), AxisBag(TitleText, TitleFont, TitleStandoff, Title)
            .With("color", Color)
            .With("type", AxisType)
            .With("range", Pair(MinMax))
            .With("domain", Pair(Domain))
            .With("showspikes", ShowSpikes)
            .With("spikecolor", SpikeColor)
            .With("spikethickness", SpikeThickness)
            .With("showline", ShowLine)
            .With("linecolor", LineColor)
            .With("showgrid", ShowGrid)
            .With("gridcolor", GridColor)
            .With("zeroline", ZeroLine)
            .With("zerolinecolor", ZeroLineColor)
            .With("anchor", Anchor)
            .With("overlaying", Overlaying)
            .With("position", Position)
            .With("categoryarray", CategoryArray)
            .With("backgroundcolor", BackgroundColor)
            .With("showbackground", ShowBackground));

    public static GenericChart WithSize(
        this GenericChart gChart, Optional<int> Width = default, Optional<int> Height = default)
    {
        var chart = gChart;
        if (Width.IsSome) chart = chart.AddLayout("width", Width.Value);
        if (Height.IsSome) chart = chart.AddLayout("height", Height.Value);
        return chart;
    }

    public static GenericChart WithTraceInfo(
        this GenericChart gChart, Optional<string> Name = default, Optional<StyleParam.Visible> Visible = default,
        Optional<bool> ShowLegend = default, Optional<int> LegendRank = default, Optional<string> LegendGroup = default,
        Optional<Title> LegendGroupTitle = default) =>
        gChart.AddToTraces(trace => trace
            .With("name", Name)
            .With("showlegend", ShowLegend)
            .With("legendrank", LegendRank)
            .With("legendgroup", LegendGroup)
            .With("legendgrouptitle", LegendGroupTitle));

    private static string AxisName(Optional<StyleParam.SubPlotId> id, StyleParam.SubPlotId first) =>
        (id.IsSome ? id.Value : first).ToString();

    private static JsonBag AxisBag(Optional<string> text, Optional<Font> font, Optional<int> standoff, Optional<Title> title)
    {
        var own = new JsonBag().With("text", text).With("font", font).With("standoff", standoff);
        var bag = title.IsSome ? JsonBag.Combine(((IJsonNode)title.Value).Bag, own) : own;
        return new JsonBag().With("title", new Optional<JsonBag>(bag, true));
    }

    private static Optional<object[]> Pair<TFirst, TSecond>(Optional<Tuple<TFirst, TSecond>> pair) =>
        pair.IsSome ? new([pair.Value.Item1!, pair.Value.Item2!], true) : default;
}
