using GtiNotebooks.Diagnostics;

namespace GtiNotebooks.Interactive;

/// <summary>One matrix of cosines in a row of heat maps.</summary>
/// <param name="Title">Name under the map, such as the method's.</param>
/// <param name="Cosines">A square matrix, rows downwards; values in [-1, 1].</param>
public sealed record CosinePanel(string Title, IReadOnlyList<IReadOnlyList<double>> Cosines)
{
    /// <summary>What each row is, all different, on the axes and in hover texts; null for row numbers.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>A panel of tokens, named on its axes.</summary>
    /// <param name="title">Name under the map.</param>
    /// <param name="tokens">The tokens and their cosines.</param>
    public static CosinePanel Of(string title, TokenCosines tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new CosinePanel(title, tokens.Cosines) { Labels = tokens.Tokens };
    }
}

public static partial class Charts
{
    private const int MostPanels = 4;

    /// <summary>Matrices of cosines side by side on one colour scale from -1 (blue) to 1 (red).</summary>
    /// <param name="title">What the rows are, such as "Cosines of the new rows at the start".</param>
    /// <param name="panels">One to four panels.</param>
    /// <exception cref="ArgumentException">There are no panels or more than four, a matrix is not square, or labels repeat or are not one a row.</exception>
    public static ChartView CosineHeatMaps(string title, IReadOnlyList<CosinePanel> panels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(panels);
        if (panels.Count is 0 or > MostPanels) throw new ArgumentException($"1 to {MostPanels} panels fit; there are {panels.Count}.", nameof(panels));
        if (panels.FirstOrDefault(panel => panel.Cosines.Any(row => row.Count != panel.Cosines.Count)) is { } crooked)
            throw new ArgumentException($"The matrix of '{crooked.Title}' is not square.", nameof(panels));
        if (panels.FirstOrDefault(panel => panel.Labels is { } labels && (labels.Count != panel.Cosines.Count || labels.Distinct().Count() != labels.Count)) is { } mislabelled)
            throw new ArgumentException($"'{mislabelled.Title}' has {mislabelled.Cosines.Count} rows and needs as many labels, all different.", nameof(panels));
        var chart = Combine([.. panels.Select((panel, index) => PlotlyFigure.HeatMap(panel.Title, panel.Cosines, panel.Labels, index + 1))], "no panels")
            .WithTitle(title)
            .WithCosineScale()
            .WithHeight(panels.Count == 1 || panels.Any(panel => panel.Labels is not null) ? 480 : 340);
        // Labels stand left of their panel, in the gap.
        var gap = panels.Skip(1).Any(panel => panel.Labels is not null) ? 0.16 : 0.06;
        for (var index = 0; index < panels.Count; index++)
            chart = chart.WithPanel(index + 1, panels[index].Title, Place(index, panels.Count, gap), panels[index].Cosines.Count);
        return new ChartView(chart, $"{title}: {string.Join(", ", panels.Select(panel => $"{panel.Title} ({panel.Cosines.Count} rows)"))}; colours from -1 to 1.");
    }
}
