using GtiNotebooks.Studies;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

public static partial class Charts
{
    /// <summary>
    /// The effective rank of the new rows before and after fine-tuning, one line a run: where a method starts, and what fine-tuning repairs.
    /// </summary>
    /// <param name="records">Runs, of one data set; several seeds of a method share its colour and its place in the legend. Anchors, which have no
    /// rows, are left out.</param>
    /// <param name="centring">Of the rows as they are, or less their mean.</param>
    /// <exception cref="ArgumentException">There are no records.</exception>
    public static ChartView EffectiveRank(IReadOnlyList<StudyRecord> records, Centring centring)
    {
        ArgumentNullException.ThrowIfNull(records);
        var withRows = Moments.WithRows(records);
        var methods = ByMethod(withRows);
        var traces = methods.SelectMany(method => method.Select((record, index) => RankLine(record, centring, inLegend: index == 0))).ToArray();
        var title = $"Effective rank of the new rows ({centring.Name()}) on {DataSetsOf(withRows)}";
        var chart = Combine(traces, "no records")
            .WithTitle(Titled(title, $"a line a run: {SeedsOf(methods.Select(method => method.Count()))} a method"))
            .WithXAxis("when the rows were measured", StyleParam.AxisType.Category)
            .WithYAxis("effective rank (number of directions)", range: (0, 1.08 * withRows.Max(record => Ranks(record, centring).Max())));
        return new ChartView(chart, $"{title}, start to end. {string.Join("; ", methods.Select(method => DescribeRanks(method, centring)))}.");
    }

    private static double[] Ranks(StudyRecord record, Centring centring) =>
        [record.At(GeometryMoment.AtStart).EffectiveRank(centring), record.At(GeometryMoment.AfterFineTuning).EffectiveRank(centring)];

    private static GenericChart RankLine(StudyRecord record, Centring centring, bool inLegend)
    {
        var ranks = Ranks(record, centring);
        return PlotlyFigure.Line(new LineTrace<string>(
            record.Method, [GeometryMoment.AtStart.Name(), GeometryMoment.AfterFineTuning.Name()], ranks, Theme.ColourOf(record.Method))
        {
            InLegend = inLegend,
            Mode = StyleParam.Mode.Lines_Markers,
            Dash = DashOf(record.Method),
            Hover = [.. ranks.Select(rank => Text($"{record.Method}, seed {record.Seed}: effective rank {rank:0.0}"))],
        });
    }

    private static string DescribeRanks(IGrouping<string, StudyRecord> method, Centring centring) =>
        $"{method.Key} {string.Join(", ", method.Select(record => Ranks(record, centring)).Select(ranks => Text($"{ranks[0]:0.0} to {ranks[1]:0.0}")))}";
}
