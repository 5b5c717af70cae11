using GtiNotebooks.Diagnostics;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>A method's similarity to the codebooks.</summary>
/// <param name="Method">The method's name, which gives the colour.</param>
/// <param name="Levels">One entry a level; <see cref="RsaTest.Measure"/> makes them.</param>
public sealed record NamedRsa(string Method, IReadOnlyList<RsaTest> Levels);

/// <summary>Which correlation of the two cosine matrices is meant.</summary>
public enum RsaStatistic
{
    /// <summary>Of the cosines.</summary>
    Pearson,

    /// <summary>Of their ranks.</summary>
    Spearman,
}

public static partial class Charts
{
    private const double RsaGap = 0.09;

    /// <summary>
    /// Similarity of the new rows to the codebooks: a panel a level, a column a method, and across each column what 95 % of permuted codes give. A column that ends
    /// inside the bar is chance; where the rows are all alike there is no correlation and no column.
    /// </summary>
    /// <param name="title">When the rows were measured, such as "Similarity to the codebooks after grounding".</param>
    /// <param name="methods">At least one; all with the same levels, at most four.</param>
    /// <param name="statistic">Which correlation.</param>
    /// <exception cref="ArgumentException">There are no methods, two have one name, or their levels differ or are none or too many.</exception>
    public static ChartView Rsa(string title, IReadOnlyList<NamedRsa> methods, RsaStatistic statistic)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(methods);
        if (methods.Count == 0) throw new ArgumentException("There is nothing to draw: no methods.", nameof(methods));
        if (methods.DistinctBy(method => method.Method).Count() != methods.Count) throw new ArgumentException("Two methods have one name.", nameof(methods));
        int[] levels = [.. methods[0].Levels.Select(level => level.Level)];
        if (levels.Length is 0 or > MostPanels) throw new ArgumentException($"1 to {MostPanels} levels fit; there are {levels.Length}.", nameof(methods));
        if (methods.FirstOrDefault(method => !method.Levels.Select(level => level.Level).SequenceEqual(levels)) is { } other)
            throw new ArgumentException($"The levels of '{other.Method}' and '{methods[0].Method}' differ.", nameof(methods));
        NamedRsa[] ordered = [.. methods.OrderBy(method => Theme.OrderOf(method.Method))];
        var heights = HeightsOf(ordered, statistic);
        var traces = levels.SelectMany((_, panel) => RsaPanel(ordered, panel, statistic)).ToArray();
        var chart = Combine(traces, "no methods").WithTitle(Titled(title, $"compared: {ComparedIn(ordered[0])}")).WithHeight(400);
        for (var panel = 0; panel < levels.Length; panel++)
            chart = chart.WithLinePanel(panel + 1, $"level {LetterOf(levels[panel])}", panel == 0 ? $"{statistic} correlation of cosines" : "", Place(panel, levels.Length, RsaGap), heights);
        return new ChartView(chart, $"{title}, {statistic} by level and the 95 % range of permuted codes; compared: {ComparedIn(ordered[0])}. {string.Join("; ", ordered.Select(method => DescribeRsa(method, statistic)))}.");
    }

    // The sample is drawn by level, the same for all methods of one vocabulary.
    private static string ComparedIn(NamedRsa method) =>
        string.Join(", ", method.Levels.Select(level => Text($"{LetterOf(level.Level)} {level.Compared:N0} of {level.Codes:N0} codes")));

    private static PermutedCorrelation? CorrelationOf(RsaTest level, RsaStatistic statistic) => statistic == RsaStatistic.Pearson ? level.Pearson : level.Spearman;

    private static IEnumerable<GenericChart> RsaPanel(NamedRsa[] methods, int panel, RsaStatistic statistic)
    {
        string[] names = [.. methods.Select(method => method.Method)];
        var found = methods.Select(method => CorrelationOf(method.Levels[panel], statistic)).ToArray();
        yield return PlotlyFigure.Columns(new ColumnTrace(
            $"level {LetterOf(methods[0].Levels[panel].Level)}", names, [.. found.Select(one => one?.Value ?? 0)], Neutral)
        {
            Colours = [.. names.Select(name => Theme.ColourOf(name))],
            InLegend = false,
            Panel = panel + 1,
            Hover = [.. methods.Select((method, i) => DescribeRsa(method.Method, method.Levels[panel], found[i]))],
        });
        var tested = methods.Zip(found).Where(pair => pair.Second is not null).ToArray();
        if (tested.Length == 0) yield break;
        yield return PlotlyFigure.Line(new LineTrace<string>(
            "chance: 95 % of permuted codes", [.. tested.Select(pair => pair.First.Method)], [.. tested.Select(pair => Middle(pair.Second!))], Neutral)
        {
            Mode = StyleParam.Mode.Markers,
            Panel = panel + 1,
            InLegend = panel == 0,
            Reach = new Reach([.. tested.Select(pair => HalfOf(pair.Second!))], [.. tested.Select(pair => HalfOf(pair.Second!))]),
            Hover = [.. tested.Select(pair => Text($"{pair.First.Method}: permuted codes give {pair.Second!.ChanceLow:0.000} to {pair.Second.ChanceHigh:0.000}"))],
        });
    }

    private static double Middle(PermutedCorrelation one) => (one.ChanceLow + one.ChanceHigh) / 2;

    private static double HalfOf(PermutedCorrelation one) => (one.ChanceHigh - one.ChanceLow) / 2;

    private static (double Low, double High) HeightsOf(NamedRsa[] methods, RsaStatistic statistic)
    {
        var found = methods.SelectMany(method => method.Levels).Select(level => CorrelationOf(level, statistic)).OfType<PermutedCorrelation>().ToArray();
        var low = found.Select(one => Math.Min(one.Value, one.ChanceLow)).Append(0).Min();
        var high = found.Select(one => Math.Max(one.Value, one.ChanceHigh)).Append(0).Max();
        return (1.1 * low, high > 0 ? 1.08 * high : 1);
    }

    private static string DescribeRsa(NamedRsa method, RsaStatistic statistic) =>
        $"{method.Method}: {string.Join(", ", method.Levels.Select(level => CorrelationOf(level, statistic) is { } one
            ? Text($"{LetterOf(level.Level)} {one.Value:0.000} [{one.ChanceLow:0.000}, {one.ChanceHigh:0.000}]")
            : $"{LetterOf(level.Level)} not defined"))}";

    private static string DescribeRsa(string method, RsaTest level, PermutedCorrelation? one) => one is null
        ? $"{method}: not defined, as the rows have no arrangement"
        : Text($"{method}: {one.Value:0.000}, p = {one.PValue:0.000}, {level.Compared} of {level.Codes} codes");
}
