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

    /// <summary>Training loss over the steps of several stages: a panel a stage in the order in which they ran, a line a curve.</summary>
    /// <param name="title">What was trained, such as "Grounding, then fine-tuning on wardrobe".</param>
    /// <param name="curves">The curves, each with at least one step; one may hold several stages, and need not hold all.</param>
    /// <exception cref="ArgumentException">There are no curves, one is empty, or there are more than four stages.</exception>
    public static ChartView LossByStage(string title, IReadOnlyList<LossCurve> curves)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.FirstOrDefault(curve => curve.Steps.Count == 0) is { } empty) throw new ArgumentException($"The curve of '{empty.Method}' has no steps.", nameof(curves));
        var stages = StagesOf(curves);
        if (stages.Length > MostPanels) throw new ArgumentException($"1 to {MostPanels} stages fit; there are {stages.Length}.", nameof(curves));
        var named = new HashSet<string>(StringComparer.Ordinal);
        var lines = stages.SelectMany((stage, panel) => Part(curves, stage).Select(part => PlotlyFigure.Line(LossTrace(part) with
        {
            Panel = panel + 1,
            InLegend = named.Add(part.Method),
        }))).ToArray();
        var chart = Combine(lines, "no curves").WithTitle(title).WithHeight(380);
        for (var panel = 0; panel < stages.Length; panel++)
        {
            var highest = Part(curves, stages[panel]).Max(part => part.Steps.Max(step => step.Loss));
            chart = chart.WithLinePanel(panel + 1, $"step of {stages[panel]}", panel == 0 ? "loss (nats per predicted token)" : "", Place(panel, stages.Length, 0.08), FromZero(highest));
        }
        return new ChartView(chart, $"{title}, loss first to last. {string.Join("; ", stages.Select(stage => $"{stage}: {string.Join(", ", Part(curves, stage).Select(DescribeLoss))}"))}.");
    }

    // By where a curve has it, so that a curve with fine-tuning alone does not move that before grounding.
    private static string[] StagesOf(IReadOnlyList<LossCurve> curves) =>
        [.. curves.SelectMany(curve => curve.Steps.Select(step => step.Stage).Distinct().Select((stage, place) => (stage, place)))
            .GroupBy(entry => entry.stage).OrderBy(stage => stage.Max(entry => entry.place)).Select(stage => stage.Key)];

    private static LossCurve[] Part(IReadOnlyList<LossCurve> curves, string stage) =>
        [.. curves.Select(curve => curve with { Steps = [.. curve.Steps.Where(step => step.Stage == stage)] }).Where(part => part.Steps.Count > 0)];

    private static Plotly.NET.GenericChart LossLine(LossCurve curve) => PlotlyFigure.Line(LossTrace(curve));

    private static LineTrace<int> LossTrace(LossCurve curve) => new(
        curve.Method, [.. curve.Steps.Select(step => step.Step)], [.. curve.Steps.Select(step => step.Loss)], Theme.ColourOf(curve.Method))
    {
        Width = 1.5,
        Dash = DashOf(curve.Method),
        Hover = [.. curve.Steps.Select(step => Text($"{curve.Method}, {step.Stage}, step {step.Step}: {step.Loss:0.000}"))],
    };

    private static string DescribeLoss(LossCurve curve) => Text($"{curve.Method}: {curve.Steps[0].Loss:0.00} to {curve.Steps[^1].Loss:0.00} in {curve.Steps[^1].Step} steps");
}
