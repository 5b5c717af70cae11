using Microsoft.FSharp.Core;

namespace Plotly.NET.LayoutObjects;

public class ColorAxis : IJsonNode
{
    JsonBag IJsonNode.Bag { get; } = new();

    public static ColorAxis init(
        FSharpOption<bool>? AutoColorScale = default, FSharpOption<double>? CAuto = default, FSharpOption<double>? CMin = default,
        FSharpOption<double>? CMid = default, FSharpOption<double>? CMax = default, FSharpOption<ColorBar>? ColorBar = default,
        FSharpOption<StyleParam.Colorscale>? ColorScale = default, FSharpOption<bool>? ShowScale = default,
        FSharpOption<bool>? ReverseScale = default) =>
        new ColorAxis()
            .With("autocolorscale", AutoColorScale)
            .With("cauto", CAuto)
            .With("cmin", CMin)
            .With("cmid", CMid)
            .With("cmax", CMax)
            .With("colorbar", ColorBar)
            .With("colorscale", ColorScale)
            .With("showscale", ShowScale)
            .With("reversescale", ReverseScale);
}
