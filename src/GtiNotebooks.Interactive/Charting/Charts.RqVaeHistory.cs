using GtiNotebooks.SemanticIds;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

public static partial class Charts
{
    private const int HistoryPanels = 3;
    private const double HistoryGap = 0.11;

    /// <summary>
    /// An RQ-VAE's training in three panels over the epochs: the reconstruction error, the perplexity of each level's codes, and the collision rate.
    /// </summary>
    /// <param name="title">What was trained, such as "RQ-VAE on wardrobe, 3 levels of 64 codes".</param>
    /// <param name="history">The evaluated epochs, in order.</param>
    /// <exception cref="ArgumentException">There are no epochs, or they have different numbers of levels.</exception>
    public static ChartView RqVaeHistory(string title, IReadOnlyList<RqVaeEpoch> history)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(history);
        if (history.Count == 0) throw new ArgumentException("There is nothing to draw: no epochs.", nameof(history));
        var levels = history[0].Perplexities.Count;
        if (history.Any(epoch => epoch.Perplexities.Count != levels)) throw new ArgumentException("The epochs have different numbers of levels.", nameof(history));
        GenericChart[] traces =
        [
            HistoryLine("reconstruction error", history, epoch => epoch.Reconstruction, "0.000", "", Neutral, panel: 1),
            .. Enumerable.Range(0, levels).Select(level =>
                HistoryLine($"perplexity, level {LetterOf(level)}", history, epoch => epoch.Perplexities[level], "0.0", "", Theme.ColourOfLevel(level), panel: 2)),
            HistoryLine("collision rate", history, epoch => 100 * epoch.CollisionRate, "0.00", " %", Neutral, panel: 3),
        ];
        var chart = Combine(traces, "no epochs").WithTitle(title).WithHeight(360)
            .WithLinePanel(1, "epoch", "reconstruction error", Place(0, HistoryPanels, HistoryGap), FromZero(history.Max(epoch => epoch.Reconstruction)))
            .WithLinePanel(2, "epoch", "perplexity", Place(1, HistoryPanels, HistoryGap), FromZero(history.Max(epoch => epoch.Perplexities.Max())))
            .WithLinePanel(3, "epoch", "collision rate (%)", Place(2, HistoryPanels, HistoryGap), FromZero(100 * history.Max(epoch => epoch.CollisionRate)));
        return new ChartView(chart, $"{title}, epochs {history[0].Number} to {history[^1].Number}. {DescribeHistory(history[0], history[^1])}.");
    }

    private static GenericChart HistoryLine(
        string name, IReadOnlyList<RqVaeEpoch> history, Func<RqVaeEpoch, double> value, string format, string unit, string colour, int panel) =>
        PlotlyFigure.Line(new LineTrace<int>(name, [.. history.Select(epoch => epoch.Number)], [.. history.Select(value)], colour)
        {
            Panel = panel,
            InLegend = panel == 2, // the other panels have one line each, which their axes name
            Mode = StyleParam.Mode.Lines_Markers,
            Hover = [.. history.Select(epoch => Text($"epoch {epoch.Number}, {name}: {value(epoch).ToString(format, System.Globalization.CultureInfo.InvariantCulture)}{unit}"))],
        });

    private static string DescribeHistory(RqVaeEpoch first, RqVaeEpoch last) => string.Join("; ",
        Text($"reconstruction error {first.Reconstruction:0.000} to {last.Reconstruction:0.000}"),
        $"perplexity {Perplexities(first)} to {Perplexities(last)}",
        Text($"collision rate {100 * first.CollisionRate:0.00} % to {100 * last.CollisionRate:0.00} %"));

    private static string Perplexities(RqVaeEpoch epoch) => string.Join(" / ", epoch.Perplexities.Select(perplexity => Text($"{perplexity:0.0}")));
}
