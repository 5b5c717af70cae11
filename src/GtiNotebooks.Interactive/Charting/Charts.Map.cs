using GtiNotebooks.Diagnostics;
using GtiNotebooks.SemanticIds;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>What a row of a map is.</summary>
/// <param name="Name">What hovering over its point shows, such as an item's title or a token.</param>
/// <param name="Group">What gives the colour, such as the item's first code.</param>
public sealed record MapLabel(string Name, string Group)
{
    /// <summary>Items by name, grouped by the first code of their Semantic ID.</summary>
    /// <param name="ids">The IDs.</param>
    /// <param name="names">A name an item, such as its title.</param>
    /// <exception cref="ArgumentException">There are not as many names as items.</exception>
    public static IReadOnlyList<MapLabel> OfItems(SemanticIdMap ids, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != ids.ItemCount) throw new ArgumentException($"There are {ids.ItemCount} items, but {names.Count} names.", nameof(names));
        return [.. names.Select((name, item) => new MapLabel($"{name} {ids.TextOf(item)}", ids.CodesOf(item)[0].Text))];
    }

    /// <summary>Code tokens by their text, grouped by level.</summary>
    /// <param name="tokens">The tokens, such as <see cref="SemanticIdMap.Tokens"/>.</param>
    public static IReadOnlyList<MapLabel> OfTokens(IReadOnlyList<CodeToken> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return [.. tokens.Select(token => new MapLabel(token.Text, $"level {(char)('a' + token.Level)}"))];
    }
}

public static partial class Charts
{
    private const double PointOpacity = 0.75;

    /// <summary>A map's points, coloured by group: the largest groups have colours, the others share grey.</summary>
    /// <param name="title">What the rows are, such as "Vectors of the wardrobe's garments".</param>
    /// <param name="map">The places.</param>
    /// <param name="labels">One a row of the table, also of rows that the map's sample left out.</param>
    /// <exception cref="ArgumentException">There are not as many labels as rows.</exception>
    public static ChartView Map(string title, PlanarMap map, IReadOnlyList<MapLabel> labels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != map.Rows) throw new ArgumentException($"The map is of {map.Rows} rows, but there are {labels.Count} labels.", nameof(labels));
        var groups = map.Points.GroupBy(point => labels[point.Row].Group)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToArray();
        var coloured = groups.Length <= Theme.GroupColours ? groups.Length : Theme.GroupColours;
        PlanarPoint[] rest = [.. groups.Skip(coloured).SelectMany(group => group)];
        // Grey first, so that it lies under the colours.
        var traces = groups.Take(coloured).Select((group, place) => MapPoints(group.Key, [.. group], labels, Theme.ColourOfGroup(place)));
        if (rest.Length > 0) traces = traces.Prepend(MapPoints(Text($"{groups.Length - coloured} other groups"), rest, labels, Theme.Rest));
        var shown = map.Points.Count == map.Rows ? Text($"{map.Rows:N0} rows") : Text($"{map.Points.Count:N0} of {map.Rows:N0} rows");
        var chart = Combine([.. traces], "no points")
            .WithTitle(title)
            .WithHeight(560)
            .WithXAxis($"{map.Method}, first axis (no unit)")
            .WithYAxis("second axis (no unit)");
        var variance = map.ExplainedVariance is { } share ? Text($", {100 * share:0.0} % of the variance") : "";
        return new ChartView(chart, Text($"{title}: {map.Method} of {shown}{variance}, trustworthiness {map.Trustworthiness:0.000} of {map.Neighbours} neighbours; {groups.Length} groups."));
    }

    private static GenericChart MapPoints(string name, PlanarPoint[] points, IReadOnlyList<MapLabel> labels, string colour) =>
        PlotlyFigure.Line(new LineTrace<double>(name, [.. points.Select(point => point.X)], [.. points.Select(point => point.Y)], Theme.WithOpacity(colour, PointOpacity))
        {
            Mode = StyleParam.Mode.Markers,
            Hover = [.. points.Select(point => $"{labels[point.Row].Name} ({labels[point.Row].Group})")],
        });
}
