using System.Text.Json.Nodes;

namespace GtiNotebooks.Interactive;

public static partial class Charts
{
    private const int MostPanels = 4;

    /// <summary>More labels than this cannot be read on an axis.</summary>
    private const int MostTickLabels = 30;

    /// <summary>
    /// Matrices of cosines side by side on one colour scale from -1 (blue) to 1 (red). Hovering names the two tokens; more than 30 do not stand on the axes, their
    /// groups do.
    /// </summary>
    /// <param name="title">What the rows are, such as "Cosines of the new rows at the start".</param>
    /// <param name="panels">One to four panels.</param>
    /// <exception cref="ArgumentException">There are no panels or more than four, a matrix is not square, labels repeat or are not one a row, or groups are not of
    /// all rows.</exception>
    public static ChartView CosineHeatMaps(string title, IReadOnlyList<CosinePanel> panels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(panels);
        if (panels.Count is 0 or > MostPanels) throw new ArgumentException($"1 to {MostPanels} panels fit; there are {panels.Count}.", nameof(panels));
        foreach (var panel in panels) RequireWhole(panel);
        var chart = Combine([.. panels.Select((panel, index) => PlotlyFigure.HeatMap(panel.Title, panel.Cosines, panel.Labels, index + 1))], "no panels")
            .WithTitle(title)
            .WithHeight(panels.Count == 1 || panels.Any(HasTickLabels) ? 480 : 340);
        // What names the rows stands left of their panel, in the gap.
        var gap = panels.Skip(1).Any(HasTickLabels) ? 0.16 : panels.Skip(1).Any(panel => panel.Groups is not null) ? 0.09 : 0.06;
        for (var index = 0; index < panels.Count; index++)
            chart = chart.WithPanel(
                index + 1, panels[index].Title, index == 0 ? RowsOf(panels[0]) : "", Place(index, panels.Count, gap), panels[index].Cosines.Count);
        return new ChartView(chart, $"{title}: {string.Join(", ", panels.Select(panel => $"{panel.Title} ({panel.Cosines.Count} rows)"))}; colours from -1 to 1.")
        {
            Finish = figure => FinishHeatMaps(figure, panels),
        };
    }

    private static void RequireWhole(CosinePanel panel)
    {
        var rows = panel.Cosines.Count;
        if (panel.Cosines.Any(row => row.Count != rows)) throw new ArgumentException($"The matrix of '{panel.Title}' is not square.");
        if (panel.Labels is { } labels && (labels.Count != rows || labels.Distinct().Count() != rows))
            throw new ArgumentException($"'{panel.Title}' has {rows} rows and needs as many labels, all different.");
        if (panel.Groups is { } groups && (groups.Any(group => group.Rows < 1) || groups.Sum(group => group.Rows) != rows))
            throw new ArgumentException($"'{panel.Title}' has {rows} rows; its groups have {string.Join(" + ", groups.Select(group => group.Rows))}.");
    }

    private static bool HasTickLabels(CosinePanel panel) => panel.Labels is { Count: <= MostTickLabels };

    private static string RowsOf(CosinePanel panel) => panel.Labels is null ? "row" : "token";

    private static void FinishHeatMaps(JsonObject figure, IReadOnlyList<CosinePanel> panels)
    {
        FigureLooks.CosineScale(figure);
        foreach (var (index, panel) in panels.Index())
        {
            string[] axes = [FigureLooks.Axis('x', index + 1), FigureLooks.Axis('y', index + 1)];
            if (panel.Labels is not null) foreach (var axis in axes) FigureLooks.Categories(figure, axis);
            if (panel.Groups is { Count: > 1 } groups) FigureLooks.Divide(figure, index + 1, Ends(groups), panel.Cosines.Count);
            if (HasTickLabels(panel) || (panel.Labels ?? (object?)panel.Groups) is null) continue;
            foreach (var axis in axes) FigureLooks.Ticks(figure, axis, Middles(panel.Groups ?? []), [.. (panel.Groups ?? []).Select(group => group.Name)]);
        }
    }

    // Row r is drawn from r - 0.5 to r + 0.5.
    private static double[] Ends(IReadOnlyList<CosineGroup> groups) =>
        [.. groups.Take(groups.Count - 1).Select((_, i) => groups.Take(i + 1).Sum(group => group.Rows) - 0.5)];

    private static double[] Middles(IReadOnlyList<CosineGroup> groups) =>
        [.. groups.Select((group, i) => groups.Take(i).Sum(before => before.Rows) + (group.Rows - 1) / 2.0)];
}
