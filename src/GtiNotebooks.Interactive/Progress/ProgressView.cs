using System.Globalization;
using System.Net;
using GtiNotebooks.Training;

namespace GtiNotebooks.Interactive;

/// <summary>
/// How far training is: a line a stage, with step, loss, rate and, while it runs, the time that is left. The line of a finished stage stays in the saved
/// notebook and names no time: how long it took on one machine tells the next reader nothing, and a study's record has it.
/// </summary>
/// <param name="Label">What is trained, such as the method's name; may be empty.</param>
/// <param name="Stages">The last report of each stage, in the order in which the stages began.</param>
[TypeFormatterSource(typeof(ViewFormatterSource))]
public sealed record ProgressView(string Label, IReadOnlyList<TrainingProgress> Stages) : IView
{
    /// <summary>Before anything was reported: what to display first.</summary>
    public static ProgressView Empty { get; } = new("", []);

    /// <inheritdoc/>
    public string ToHtml() => $"<pre class=\"gti-progress\">{WebUtility.HtmlEncode(ToPlainText())}</pre>";

    /// <inheritdoc/>
    public string ToPlainText() => Stages.Count == 0 ? "training has not begun" : string.Join("\n", Stages.Select(Line));

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    private string Line(TrainingProgress stage)
    {
        var left = stage.Step >= stage.Steps ? "" : $", {Duration(stage.Remaining)} left";
        return string.Create(CultureInfo.InvariantCulture,
            $"{(Label.Length > 0 ? Label + ", " : "")}{stage.Stage}: step {stage.Step} of {stage.Steps}, loss {stage.Loss:0.000}, rate {stage.LearningRate:0.0e+0}{left}");
    }

    private static string Duration(TimeSpan time) => time.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s");
}
