using GtiNotebooks.Studies;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

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
        var methods = ByMethod(Moments.WithRows(records));
        var traces = methods.SelectMany(method => method.Select((record, index) =>
            SpectrumLine(record, moment, centring, SpectrumName(method, moment, centring), inLegend: index == 0))).ToArray();
        var title = $"Singular values of the new rows {moment.Name()} ({centring.Name()})";
        var chart = Combine(traces, "no records")
            .WithTitle(title)
            .WithXAxis("position of the singular value, largest first")
            .WithYAxis("share of the largest singular value", StyleParam.AxisType.Log);
        return new ChartView(chart, $"{title}. {string.Join("; ", methods.Select(method => SpectrumName(method, moment, centring)))}.");
    }

    private static string SpectrumName(IGrouping<string, StudyRecord> method, GeometryMoment moment, Centring centring)
    {
        var ranks = method.Select(record => record.At(moment).EffectiveRank(centring)).Order().ToArray();
        return ranks.Length == 1
            ? Text($"{method.Key}: effective rank {ranks[0]:0.0}")
            : Text($"{method.Key}: effective rank {ranks[0]:0.0} to {ranks[^1]:0.0} ({ranks.Length} seeds)");
    }

    private static GenericChart SpectrumLine(StudyRecord record, GeometryMoment moment, Centring centring, string name, bool inLegend)
    {
        var values = record.At(moment).SingularValues(centring);
        var largest = values.Count > 0 ? values[0] : 0;
        // Equal rows, centred, have no spectrum at all: an empty line keeps their place in the legend.
        var drawn = values.TakeWhile(value => largest > 0 && value >= SmallestShare * largest).ToArray();
        return PlotlyFigure.Line(new LineTrace<int>(
            name, [.. Enumerable.Range(1, drawn.Length)], [.. drawn.Select(value => value / largest)], Theme.ColourOf(record.Method))
        {
            Group = record.Method,
            InLegend = inLegend,
            Dash = DashOf(record.Method),
            Hover = [.. drawn.Select((value, index) => Text($"{record.Method}, seed {record.Seed}: σ{index + 1} = {value:0.0000}"))],
        });
    }
}
