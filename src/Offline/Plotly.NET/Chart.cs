using Microsoft.FSharp.Core;

namespace Plotly.NET;

public class Chart
{
    private Chart() { }

    public static FSharpFunc<GenericChart, GenericChart> WithColorAxisAnchor(int id) =>
        FuncConvert.FromFunc<GenericChart, GenericChart>(chart =>
            chart.AddToTraces(trace => trace.Set("coloraxis", StyleParam.SubPlotId.NewColorAxis(id))));
}
