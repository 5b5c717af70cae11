using Microsoft.FSharp.Core;

namespace Plotly.NET;

public class Title : IJsonNode
{
    JsonBag IJsonNode.Bag { get; } = new();

    public static Title init(
        FSharpOption<string>? Text = default, FSharpOption<Font>? Font = default, FSharpOption<bool>? AutoMargin = default,
        FSharpOption<Padding>? Pad = default, FSharpOption<double>? X = default, FSharpOption<StyleParam.XAnchorPosition>? XAnchor = default,
        FSharpOption<string>? XRef = default, FSharpOption<double>? Y = default, FSharpOption<StyleParam.YAnchorPosition>? YAnchor = default,
        FSharpOption<string>? YRef = default, FSharpOption<int>? Standoff = default, FSharpOption<StyleParam.Side>? Side = default) =>
        new Title()
            .With("text", Text)
            .With("font", Font)
            .With("automargin", AutoMargin)
            .With("pad", Pad)
            .With("x", X)
            .With("xanchor", XAnchor)
            .With("xref", XRef)
            .With("y", Y)
            .With("yanchor", YAnchor)
            .With("yref", YRef)
            .With("standoff", Standoff)
            .With("side", Side);
}
