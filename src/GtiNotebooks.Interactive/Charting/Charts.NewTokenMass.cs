using GtiNotebooks.Diagnostics;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

public static partial class Charts
{
    /// <summary>
    /// The probability that a model gives to all new tokens together where ordinary text goes on, a column a start: what they take from every word before any
    /// training. The text in place of the picture has the divergence that it costs, too.
    /// </summary>
    /// <param name="title">Such as "Probability of new tokens on ordinary text".</param>
    /// <param name="reports">At least one; <see cref="InitialiserComparison.Run"/> makes them.</param>
    /// <exception cref="ArgumentException">There are no reports, or two of one initialiser.</exception>
    public static ChartView NewTokenMass(string title, IReadOnlyList<InitialisationReport> reports)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(reports);
        if (reports.Count == 0) throw new ArgumentException("There is nothing to draw: no reports.", nameof(reports));
        if (reports.DistinctBy(report => report.Initialiser).Count() != reports.Count) throw new ArgumentException("Two reports are of one initialiser.", nameof(reports));
        InitialisationReport[] ordered = [.. reports.OrderBy(report => Theme.OrderOf(report.Initialiser))];
        var chart = PlotlyFigure.Columns(new ColumnTrace(
            "new tokens", [.. ordered.Select(report => report.Initialiser)], [.. ordered.Select(report => 100 * report.Shift.NewTokenMass)], Neutral)
        {
            Colours = [.. ordered.Select(report => Theme.ColourOf(report.Initialiser))],
            InLegend = false,
            Labelled = true,
            Hover = [.. ordered.Select(report => MassOf(report))],
        });
        chart = chart
            .WithTitle(Titled(title, Text($"mean over {ordered[0].Shift.Positions:N0} positions of ordinary text")))
            .WithXAxis("start of the new tokens", StyleParam.AxisType.Category)
            .WithYAxis("probability of all new tokens (%)", range: FromZero(100 * ordered.Max(report => report.Shift.NewTokenMass)));
        return new ChartView(chart, $"{title}, mean over {ordered[0].Shift.Positions} positions. {string.Join("; ", ordered.Select(DescribeMass))}.");
    }

    private static string DescribeMass(InitialisationReport report) =>
        $"{report.Initialiser}: {MassOf(report)}, {Text($"KL {report.Shift.KlDivergence:0.0###} nats")}";

    // Three digits of a small share, none too many of a large one.
    private static string MassOf(InitialisationReport report) => report.Shift.NewTokenMass < 0.01
        ? Text($"{100 * report.Shift.NewTokenMass:0.0##} %")
        : Text($"{100 * report.Shift.NewTokenMass:0.0} %");
}
