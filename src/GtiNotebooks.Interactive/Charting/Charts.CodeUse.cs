using GtiNotebooks.SemanticIds;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>How one way of learning uses its codes.</summary>
/// <param name="Learner">Its name, which gives the colour, such as "RQ-VAE".</param>
/// <param name="Levels">One entry a level.</param>
public sealed record CodeUseCurve(string Learner, IReadOnlyList<CodeCounts> Levels);

public static partial class Charts
{
    private const double CodeUseGap = 0.08;

    /// <summary>
    /// Items per code, most used first: a panel a level, a line a way of learning, and a dashed line where every code would have its even share.
    /// </summary>
    /// <param name="title">What the codes are of, such as "Items per code on wardrobe".</param>
    /// <param name="curves">At least one; all with the same number of levels, and of codes on a level.</param>
    /// <exception cref="ArgumentException">There are no curves, more than four levels, or numbers of levels, codes or items differ.</exception>
    public static ChartView CodeUse(string title, IReadOnlyList<CodeUseCurve> curves)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.Count == 0) throw new ArgumentException("There is nothing to draw: no codes.", nameof(curves));
        var shape = curves[0].Levels;
        if (shape.Count is 0 or > MostPanels) throw new ArgumentException($"1 to {MostPanels} levels fit; there are {shape.Count}.", nameof(curves));
        if (curves.FirstOrDefault(curve => !ShapeOf(curve).SequenceEqual(ShapeOf(curves[0]))) is { } other)
            throw new ArgumentException($"The codes of '{other.Learner}' and '{curves[0].Learner}' differ in levels, codes or items.", nameof(curves));
        var traces = Enumerable.Range(0, shape.Count).SelectMany(level => curves.Select(curve => CodeUseLine(curve, level)).Append(EvenShare(shape[level], level))).ToArray();
        // One scale for all panels: how crooked a level is can be seen beside the others only.
        var heights = FromZero(curves.Max(curve => curve.Levels.Max(level => level.Items.Max())));
        var chart = Combine(traces, "no codes").WithTitle(title).WithHeight(360);
        for (var level = 0; level < shape.Count; level++)
            chart = chart.WithLinePanel(level + 1, $"codes of level {LetterOf(level)}, most used first", level == 0 ? "items" : "", Place(level, shape.Count, CodeUseGap), heights);
        return new ChartView(chart, $"{title}, most and least used code of each level. {string.Join("; ", curves.Select(DescribeUse))}.");
    }

    private static IEnumerable<(int Level, int Codes, int Items)> ShapeOf(CodeUseCurve curve) => curve.Levels.Select(level => (level.Level, level.Items.Count, level.Items.Sum()));

    private static GenericChart CodeUseLine(CodeUseCurve curve, int level)
    {
        var items = curve.Levels[level].Items;
        return PlotlyFigure.Line(new LineTrace<int>(
            curve.Learner, [.. Enumerable.Range(1, items.Count)], [.. items.Select(count => (double)count)], Theme.ColourOfLearner(curve.Learner))
        {
            Panel = level + 1,
            InLegend = level == 0,
            Width = 2.5,
            Hover = [.. items.Select((count, place) => Text($"{curve.Learner}, level {LetterOf(level)}: {count} items have the code at place {place + 1} of {items.Count}"))],
        });
    }

    private static GenericChart EvenShare(CodeCounts counts, int level)
    {
        var share = (double)counts.Items.Sum() / counts.Items.Count;
        return PlotlyFigure.Line(new LineTrace<int>("even use", [1, counts.Items.Count], [share, share], Neutral)
        {
            Panel = level + 1,
            InLegend = level == 0,
            Dash = StyleParam.DrawingStyle.Dash,
            Width = 1.5,
            Hover = [.. Enumerable.Repeat(Text($"even use: {share:0.0} items a code"), 2)],
        });
    }

    private static string DescribeUse(CodeUseCurve curve) =>
        $"{curve.Learner}: {string.Join(", ", curve.Levels.Select(level => Text($"{LetterOf(level.Level)} {level.Items[0]} and {level.Items[^1]} items")))}";
}
