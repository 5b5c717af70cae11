using GtiNotebooks.SemanticIds;

namespace GtiNotebooks.Interactive;

/// <summary>How alike items are whose IDs begin alike, for one way of learning.</summary>
/// <param name="Learner">Its name, which gives the colour, such as "RQ-VAE".</param>
/// <param name="Levels">One entry for each number of shared levels.</param>
public sealed record PrefixCurve(string Learner, IReadOnlyList<PrefixSimilarity> Levels);

public static partial class Charts
{
    /// <summary>
    /// The mean cosine of items' vectors by the number of levels that their IDs share from the first on, a column a way of learning. Where no two
    /// items share exactly so many levels there is no column.
    /// </summary>
    /// <param name="title">What the IDs are of, such as "Does a shared prefix mean likeness? wardrobe".</param>
    /// <param name="curves">At least one.</param>
    /// <exception cref="ArgumentException">There are no curves.</exception>
    public static ChartView PrefixCheck(string title, IReadOnlyList<PrefixCurve> curves)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(curves);
        string[] categories = [.. curves.SelectMany(curve => curve.Levels).Select(level => level.SharedLevels).Distinct().Order().Select(shared => Text($"{shared}"))];
        var chart = Combine([.. curves.Select(PrefixColumns)], "no IDs")
            .WithTitle(title)
            .WithCategories("levels shared, from the first on", categories)
            .WithYAxis("mean cosine of the items' vectors");
        return new ChartView(chart, $"{title}. Mean cosine by levels shared. {string.Join("; ", curves.Select(DescribePrefixes))}.");
    }

    private static Plotly.NET.GenericChart PrefixColumns(PrefixCurve curve)
    {
        var levels = curve.Levels.Where(level => level.MeanCosine is not null).ToArray();
        return PlotlyFigure.Columns(new ColumnTrace(
            curve.Learner, [.. levels.Select(level => Text($"{level.SharedLevels}"))], [.. levels.Select(level => level.MeanCosine!.Value)], Theme.ColourOfLearner(curve.Learner))
        {
            Hover = [.. levels.Select(level => Text($"{curve.Learner}, {level.SharedLevels} shared: mean cosine {level.MeanCosine:0.000} of {level.Pairs} pairs"))],
        });
    }

    private static string DescribePrefixes(PrefixCurve curve) => $"{curve.Learner}: " + string.Join(", ", curve.Levels.Select(level =>
        level.MeanCosine is { } cosine ? Text($"{level.SharedLevels} shared {cosine:0.000} ({level.Pairs} pairs)") : Text($"{level.SharedLevels} shared by no pair")));
}
