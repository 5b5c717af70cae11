using System.Globalization;
using GtiNotebooks.Studies;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>
/// The charts of the course. Each is a pure function of records: it draws numbers that are in them or that the library computes from them, and
/// computes none itself. The same method has the same colour in all of them (<see cref="Theme.ColourOf(string)"/>).
/// </summary>
public static partial class Charts
{
    /// <summary>Lines that are no method's and no level's.</summary>
    private const string Neutral = "#444444";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A title, and in small letters below it what a reader of the picture alone has to know.</summary>
    private static string Titled(string title, string below) => below.Length > 0 ? $"{title}<br><sub>{below}</sub>" : title;

    /// <summary>The data sets of records, each once.</summary>
    private static string DataSetsOf(IEnumerable<StudyRecord> records) => string.Join(", ", records.Select(record => record.DatasetName).Distinct().Order(StringComparer.Ordinal));

    /// <summary>How many runs a method has, such as "5 seeds" or "3 to 5 seeds".</summary>
    private static string SeedsOf(IEnumerable<int> counts) => counts.Distinct().Order().ToArray() switch
    {
        [] => "no seed",
        [1] => "1 seed",
        [var all] => Text($"{all} seeds"),
        [var fewest, .., var most] => Text($"{fewest} to {most} seeds"),
    };

    /// <summary>One chart from many traces; none would leave nothing to combine.</summary>
    private static GenericChart Combine(IReadOnlyCollection<GenericChart> traces, string what) =>
        traces.Count > 0 ? PlotlyFigure.Combine(traces) : throw new ArgumentException($"There is nothing to draw: {what}.");

    /// <summary>The methods in their usual order, each with its runs by seed: the order of files on a disk must not change a chart.</summary>
    private static IGrouping<string, StudyRecord>[] ByMethod(IReadOnlyList<StudyRecord> records) =>
        [.. records.OrderBy(record => Theme.OrderOf(record.Method)).ThenBy(record => record.Method, StringComparer.Ordinal)
            .ThenBy(record => record.Seed).GroupBy(record => record.Method)];

    private static StyleParam.DrawingStyle DashOf(string method) => Theme.DashOf(method) switch
    {
        "dash" => StyleParam.DrawingStyle.Dash,
        "dot" => StyleParam.DrawingStyle.Dot,
        "dashdot" => StyleParam.DrawingStyle.DashDot,
        "longdash" => StyleParam.DrawingStyle.LongDash,
        _ => StyleParam.DrawingStyle.Solid,
    };

    /// <summary>A level as IDs write it: a, b, c.</summary>
    private static char LetterOf(int level) => (char)('a' + level);

    /// <summary>An axis from zero to a little above the largest value; from 0 to 1 where all are zero.</summary>
    private static (double Low, double High) FromZero(double largest) => (0, largest > 0 ? 1.08 * largest : 1);

    /// <summary>The place of one of several panels side by side, as shares of the figure's width.</summary>
    private static (double Low, double High) Place(int index, int count, double gap)
    {
        var width = (1 - gap * (count - 1)) / count;
        return (index * (width + gap), index * (width + gap) + width);
    }
}
