// Types that only stand in signatures here: nothing makes one, so nothing has to be written of one.
namespace Plotly.NET
{
    public class ColorBar { private ColorBar() { } }

    public class Line { private Line() { } }

    public class Padding { private Padding() { } }
}

namespace Plotly.NET.LayoutObjects
{
    public class RangeSelector { private RangeSelector() { } }

    public class RangeSlider { private RangeSlider() { } }
}

namespace Plotly.NET.TraceObjects
{
    public class Marker { private Marker() { } }

    public class Pattern { private Pattern() { } }
}
