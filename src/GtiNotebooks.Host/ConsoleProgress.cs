using GtiNotebooks.Training;

namespace GtiNotebooks.Host;

/// <summary>Training progress as lines of text: stage, step, loss, rate, time left. One line about every two seconds, every measurement, and the last.</summary>
/// <param name="output">Where the lines go.</param>
public sealed class ConsoleProgress(TextWriter output) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private TimeSpan next;

    /// <summary>Writes a line when the last is old enough, or the stage ends.</summary>
    /// <param name="value">Where training stands.</param>
    public void Report(TrainingProgress value)
    {
        if (value.Step == 1)
            next = TimeSpan.Zero;
        if (value.Elapsed < next && value.Step < value.Steps && value.ValidationScore is null)
            return;
        next = value.Elapsed + Pause;
        output.WriteLine(FormattableString.Invariant(
            $"  {value.Stage,-14} {value.Step,5}/{value.Steps}  loss {value.Loss:F3}  rate {value.LearningRate:0.0E+0}  {value.Elapsed:mm\\:ss} + {value.Remaining:mm\\:ss} left{Score(value)}"));
    }

    private static string Score(TrainingProgress value) =>
        value.ValidationScore is { } score ? FormattableString.Invariant($"  validation {score:F4}") : "";
}
