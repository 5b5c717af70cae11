using GtiNotebooks.Training;

namespace GtiNotebooks.Interactive;

/// <summary>The losses of one stage of one run.</summary>
/// <param name="Method">The method's name, which gives the colour.</param>
/// <param name="Steps">What the stage reported, in order; <see cref="NotebookProgress.History"/> collects it.</param>
public sealed record LossCurve(string Method, IReadOnlyList<TrainingProgress> Steps);

public static partial class Charts
{
    /// <summary>Training loss over the steps, a line a curve.</summary>
    /// <param name="title">What was trained, such as "Fine-tuning on wardrobe".</param>
    /// <param name="curves">The curves; each with at least one step.</param>
    /// <exception cref="ArgumentException">There are no curves, or one is empty.</exception>
    public static ChartView TrainingLoss(string title, IReadOnlyList<LossCurve> curves)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.FirstOrDefault(curve => curve.Steps.Count == 0) is { } empty) throw new ArgumentException($"The curve of '{empty.Method}' has no steps.", nameof(curves));
        var chart = Combine([.. curves.Select(LossLine)], "no curves")
            .WithTitle(title)
            .WithXAxis("step")
            .WithYAxis("loss (nats per predicted token)");
        return new ChartView(chart, $"{title}, loss first to last. {string.Join("; ", curves.Select(DescribeLoss))}.");
    }

    private static Plotly.NET.GenericChart LossLine(LossCurve curve) => PlotlyFigure.Line(new LineTrace<int>(
        curve.Method, [.. curve.Steps.Select(step => step.Step)], [.. curve.Steps.Select(step => step.Loss)], Theme.ColourOf(curve.Method))
    {
        Width = 1.5,
        Dash = DashOf(curve.Method),
        Hover = [.. curve.Steps.Select(step => Text($"{curve.Method}, {step.Stage}, step {step.Step}: {step.Loss:0.000}"))],
    });

    private static string DescribeLoss(LossCurve curve) => Text($"{curve.Method}: {curve.Steps[0].Loss:0.00} to {curve.Steps[^1].Loss:0.00} in {curve.Steps[^1].Step} steps");
}
