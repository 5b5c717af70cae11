namespace GtiNotebooks.Interactive;

public static partial class Charts
{
    /// <summary>Points nearer than this share of the axis are drawn side by side, this far apart: a little more than a marker.</summary>
    private const double SideBySide = 0.015;

    private const double Padding = 0.08;

    /// <summary>
    /// Where points stand along the axis of costs: at their cost. Those with intervals that would lie on those of another method stand side by side in the order of
    /// the legend, around the cost. Hover texts and the description keep the true cost.
    /// </summary>
    private static Dictionary<CostPoint, double> PlacesOf(IReadOnlyList<CostPoint> points)
    {
        var places = points.Distinct().ToDictionary(point => point, point => point.Examples);
        var trained = places.Keys.Where(point => point.Examples > 0).OrderBy(point => point.Examples)
            .ThenBy(point => Theme.OrderOf(point.Method)).ThenBy(point => point.Method, StringComparer.Ordinal).ToArray();
        if (trained.Length == 0 || !trained.Any(point => point.Value.HasInterval)) return places;
        var (low, high) = WidthOf(points);
        var step = Math.Pow(high / low, SideBySide);
        for (var first = 0; first < trained.Length;)
        {
            var near = trained[first..].TakeWhile(point => point.Examples <= trained[first].Examples * step).ToArray();
            first += near.Length;
            string[] methods = [.. near.Select(point => point.Method).Distinct().OrderBy(Theme.OrderOf).ThenBy(method => method, StringComparer.Ordinal)];
            foreach (var point in near) places[point] = point.Examples * Math.Pow(step, Array.IndexOf(methods, point.Method) - (methods.Length - 1) / 2.0);
        }
        return places;
    }

    /// <summary>From a little below the lowest value or interval to a little above the highest, in per cent; never below zero.</summary>
    private static (double Low, double High) HeightsOf(IReadOnlyList<CostPoint> points)
    {
        if (points.Count == 0) return FromZero(0);
        var low = points.Min(point => 100 * (point.Value.HasInterval ? Math.Min(point.Value.Low, point.Value.Mean) : point.Value.Mean));
        var high = points.Max(point => 100 * (point.Value.HasInterval ? Math.Max(point.Value.High, point.Value.Mean) : point.Value.Mean));
        if (high <= low) return FromZero(high);
        var padding = Padding * (high - low);
        return (Math.Max(0, low - padding), high + padding);
    }
}
