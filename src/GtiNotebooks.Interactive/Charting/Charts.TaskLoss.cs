using GtiNotebooks.Diagnostics;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

public static partial class Charts
{
    /// <summary>The loss of each task over the steps of training, a line a task.</summary>
    /// <param name="title">What was trained, such as "Grounding on wardrobe".</param>
    /// <param name="points">At least one, all with the same tasks, of which six have colours of their own; <see cref="TrainingWatch{TPoint}.Points"/> of a <see cref="TaskLossCurve"/> has them.</param>
    /// <exception cref="ArgumentException">There are no points, or their tasks differ.</exception>
    public static ChartView LossPerTask(string title, IReadOnlyList<TaskLossPoint> points)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0) throw new ArgumentException("There is nothing to draw: no points.", nameof(points));
        string[] tasks = [.. points[0].Losses.Select(loss => loss.Task)];
        if (points.FirstOrDefault(point => !point.Losses.Select(loss => loss.Task).SequenceEqual(tasks)) is { } other)
            throw new ArgumentException($"The point at step {other.Step} has other tasks than the first.", nameof(points));
        var chart = Combine([.. tasks.Select((_, task) => TaskLine(points, tasks, task))], "no tasks")
            .WithTitle(Titled(title, "filled markers: predicts codes; open markers: predicts text"))
            .WithXAxis("step, all stages")
            .WithYAxis("loss (nats per predicted token)", range: FromZero(points.Max(point => point.Losses.Max(loss => loss.Loss))));
        return new ChartView(chart, $"{title}, loss first to last. {string.Join("; ", tasks.Select((task, place) => Text($"{task}: {points[0].Losses[place].Loss:0.00} to {points[^1].Losses[place].Loss:0.00}")))}.")
        {
            Finish = figure => FigureLooks.Symbols(figure, [.. tasks.Select((_, task) => SymbolOf(tasks, task))]),
        };
    }

    // The order of titles, descriptions and both: where two lines run as one, the broken one lies above and shows the other through its gaps.
    private static readonly StyleParam.DrawingStyle[] TaskDashes = [StyleParam.DrawingStyle.Solid, StyleParam.DrawingStyle.Dash, StyleParam.DrawingStyle.Dot];

    private static readonly string[] TaskSymbols = ["circle", "square", "diamond"];

    private static bool PredictsCodes(string task) => task.EndsWith("ToId", StringComparison.Ordinal);

    /// <summary>The place of a task among those that predict the same kind of thing.</summary>
    private static int PlaceOf(IReadOnlyList<string> tasks, int task) => tasks.Take(task).Count(other => PredictsCodes(other) == PredictsCodes(tasks[task]));

    private static string SymbolOf(IReadOnlyList<string> tasks, int task) =>
        TaskSymbols[PlaceOf(tasks, task) % TaskSymbols.Length] + (PredictsCodes(tasks[task]) ? "" : "-open");

    private static GenericChart TaskLine(IReadOnlyList<TaskLossPoint> points, IReadOnlyList<string> tasks, int task)
    {
        var name = tasks[task];
        return PlotlyFigure.Line(new LineTrace<int>(
            name, [.. points.Select(point => point.Step)], [.. points.Select(point => point.Losses[task].Loss)], Theme.ColourOfGroup(task))
        {
            Mode = StyleParam.Mode.Lines_Markers,
            Dash = TaskDashes[PlaceOf(tasks, task) % TaskDashes.Length],
            Hover = [.. points.Select(point => Text($"{name}, {point.Stage}, step {point.Step}: {point.Losses[task].Loss:0.000} over {point.Losses[task].Tokens} tokens"))],
        });
    }
}
