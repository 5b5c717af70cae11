namespace Plotly.NET;

public static class StyleParam
{
    public sealed class AxisType : IStyleValue
    {
        private readonly string _text;

        private AxisType(string text) => _text = text;

        public static AxisType Auto { get; } = new("-");
        public static AxisType Linear { get; } = new("linear");
        public static AxisType Log { get; } = new("log");
        public static AxisType Date { get; } = new("date");
        public static AxisType Category { get; } = new("category");

        public object Convert() => _text;

        public override string ToString() => _text;
    }

    public class DrawingStyle : IStyleValue
    {
        private readonly string _text;

        private DrawingStyle(string text) => _text = text;

        public static DrawingStyle Solid { get; } = new("solid");
        public static DrawingStyle Dash { get; } = new("dash");
        public static DrawingStyle Dot { get; } = new("dot");
        public static DrawingStyle LongDash { get; } = new("longdash");
        public static DrawingStyle DashDot { get; } = new("dashdot");

        public object Convert() => _text;

        public override string ToString() => _text;
    }

    public sealed class Fill : IStyleValue
    {
        private readonly string _text;

        private Fill(string text) => _text = text;

        public static Fill None { get; } = new("none");
        public static Fill ToZero_y { get; } = new("tozeroy");
        public static Fill ToNext_y { get; } = new("tonexty");
        public static Fill ToSelf { get; } = new("toself");

        public object Convert() => _text;

        public override string ToString() => _text;
    }

    public sealed class Mode : IStyleValue
    {
        private readonly string _text;

        private Mode(string text) => _text = text;

        public static Mode Lines { get; } = new("lines");
        public static Mode Lines_Markers { get; } = new("lines+markers");
        public static Mode Markers { get; } = new("markers");
        public static Mode Markers_Text { get; } = new("markers+text");

        public object Convert() => _text;

        public override string ToString() => _text;
    }

    public sealed class Orientation : IStyleValue
    {
        private readonly string _text;

        private Orientation(string text) => _text = text;

        public static Orientation Horizontal { get; } = new("h");
        public static Orientation Vertical { get; } = new("v");

        public object Convert() => _text;

        public override string ToString() => _text;
    }

    public sealed class TextPosition : IStyleValue
    {
        private readonly string _text;

        private TextPosition(string text) => _text = text;

        public static TextPosition Auto { get; } = new("auto");
        public static TextPosition Inside { get; } = new("inside");
        public static TextPosition Outside { get; } = new("outside");
        public static TextPosition TopCenter { get; } = new("top center");
        public static TextPosition None { get; } = new("none");

        public object Convert() => _text;

        public override string ToString() => _text;
    }

    public sealed class XAnchorPosition : IStyleValue
    {
        private readonly string _text;

        private XAnchorPosition(string text) => _text = text;

        public static XAnchorPosition Auto { get; } = new("auto");
        public static XAnchorPosition Left { get; } = new("left");
        public static XAnchorPosition Center { get; } = new("center");
        public static XAnchorPosition Right { get; } = new("right");

        public object Convert() => _text;

        public override string ToString() => _text;
    }

    public sealed class YAnchorPosition : IStyleValue
    {
        private readonly string _text;

        private YAnchorPosition(string text) => _text = text;

        public static YAnchorPosition Auto { get; } = new("auto");
        public static YAnchorPosition Bottom { get; } = new("bottom");
        public static YAnchorPosition Middle { get; } = new("middle");
        public static YAnchorPosition Top { get; } = new("top");

        public object Convert() => _text;

        public override string ToString() => _text;
    }

    public class FontFamily : IStyleValue
    {
        private readonly string _text;

        private FontFamily(string text) => _text = text;

        public static FontFamily Arial { get; } = new("Arial");

        public static FontFamily NewCustom(string item) => new(item);

        public object Convert() => _text;

        public override string ToString() => _text;
    }

    public abstract class LinearAxisId : IStyleValue
    {
        private readonly string _text;

        private LinearAxisId(string text) => _text = text;

        private sealed class Numbered(string letter, int id) : LinearAxisId(id < 2 ? letter : letter + id);

        public static LinearAxisId NewX(int item) => new Numbered("x", item);

        public static LinearAxisId NewY(int item) => new Numbered("y", item);

        public object Convert() => _text;

        public override string ToString() => _text;
    }

    public class SubPlotId : IStyleValue
    {
        private readonly string _text;

        private SubPlotId(string kind, int id) => _text = id < 2 ? kind : kind + id;

        public static SubPlotId NewXAxis(int item) => new("xaxis", item);

        public static SubPlotId NewYAxis(int item) => new("yaxis", item);

        public static SubPlotId NewColorAxis(int item) => new("coloraxis", item);

        public object Convert() => _text;

        public override string ToString() => _text;
    }

    public class Colorscale : IStyleValue
    {
        private readonly object _value;

        private Colorscale(object value) => _value = value;

        public static Colorscale RdBu { get; } = new("RdBu");

        public static Colorscale Viridis { get; } = new("Viridis");

        public static Colorscale Cividis { get; } = new("Cividis");

        public static Colorscale NewCustom(IEnumerable<Tuple<double, Color>> item) => new(item.ToArray());

        public object Convert()
        {
            if (_value is not Tuple<double, Color>[] stops) return _value;
            if (stops.Length < 2) throw new ArgumentException("Color scale did not contain enough values.");
            return stops.Select(stop => new object[] { stop.Item1, stop.Item2 }).ToArray();
        }
    }

    // Types that only stand in signatures here: nothing makes one.
    public sealed class CategoryOrder { private CategoryOrder() { } }

    public sealed class GroupNorm { private GroupNorm() { } }

    public class MarkerSymbol { private MarkerSymbol() { } }

    public sealed class Mirror { private Mirror() { } }

    public sealed class PatternShape { private PatternShape() { } }

    public sealed class Side { private Side() { } }

    public sealed class SmoothAlg { private SmoothAlg() { } }

    public sealed class Visible { private Visible() { } }
}
