using Microsoft.FSharp.Core;
using Plotly.NET.LayoutObjects;

namespace Plotly.NET;

public static class GenericChartExtensions
{
    public static GenericChart WithTitle(this GenericChart @this, string title, FSharpOption<Font>? TitleFont = default) =>
        @this.AddLayout("title", Title.init(Text: title, Font: TitleFont));

    public static GenericChart WithYErrorStyle<k, l>(
        this GenericChart @this, FSharpOption<IEnumerable<k>>? Array = default, FSharpOption<IEnumerable<l>>? Arrayminus = default,
        FSharpOption<bool>? Symmetric = default, FSharpOption<Color>? Color = default, FSharpOption<double>? Thickness = default,
        FSharpOption<double>? Width = default)
        where k : IConvertible
        where l : IConvertible
    {
        var error = new JsonBag()
            .With("symmetric", Symmetric)
            .With("array", Array)
            .With("arrayminus", Arrayminus)
            .With("color", Color)
            .With("thickness", Thickness)
            .With("width", Width);
        return @this.AddToTraces(trace => trace.Set("error_y", error));
    }

    public static GenericChart WithAxisAnchor(
        this GenericChart @this, FSharpOption<int>? X = default, FSharpOption<int>? Y = default) =>
        @this.AddToTraces(trace =>
        {
            if (X is not null) trace.Set("xaxis", StyleParam.LinearAxisId.NewX(X.Value));
            if (Y is not null) trace.Set("yaxis", StyleParam.LinearAxisId.NewY(Y.Value));
        });

    public static GenericChart WithColorAxis(
        GenericChart @this, ColorAxis colorAxis, FSharpOption<StyleParam.SubPlotId>? Id = default) =>
        @this.AddLayout((Id?.Value ?? StyleParam.SubPlotId.NewColorAxis(1)).ToString(), colorAxis);
}
