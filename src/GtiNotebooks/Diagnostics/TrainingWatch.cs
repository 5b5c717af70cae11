using GtiNotebooks.Training;

namespace GtiNotebooks.Diagnostics;

/// <summary>
/// Measures a model while it trains: give it to a stage as its progress, and it measures at the start, every so many steps and after each stage's last. One watch may see
/// several stages, one after the other.
/// </summary>
/// <remarks>It reads the model and changes nothing, so training is the same with it or without. Called on the training's thread; not for several at once.</remarks>
/// <typeparam name="TPoint">What one measurement gives.</typeparam>
public abstract class TrainingWatch<TPoint> : IProgress<TrainingProgress>
{
    /// <summary>Name of the moment before the first step.</summary>
    public const string Start = "start";

    private readonly List<TPoint> points = [];
    private readonly IProgress<TrainingProgress>? next;
    private readonly int everySteps;
    private int before; // steps of the stages that are over
    private TrainingProgress? last;

    private protected TrainingWatch(int everySteps, IProgress<TrainingProgress>? next)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(everySteps, 1);
        (this.everySteps, this.next) = (everySteps, next);
    }

    /// <summary>What was measured so far, in order.</summary>
    public IReadOnlyList<TPoint> Points => [.. points];

    /// <summary>Takes note of a step, and measures if it is time.</summary>
    /// <param name="value">Where the stage stands.</param>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (last is { } earlier && (earlier.Stage != value.Stage || earlier.Step >= value.Step))
        {
            before += earlier.Step;
        }
        last = value;
        if (value.Step % everySteps == 0 || value.Step == value.Steps)
        {
            Measure(value.Stage);
        }
        next?.Report(value);
    }

    /// <summary>Measures the model as it is now, at the step last reported: where validation gives the best weights back at a stage's end, what those are.</summary>
    /// <param name="moment">A name for the moment.</param>
    public TPoint Measure(string moment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(moment);
        var point = Measured(before + (last?.Step ?? 0), moment);
        points.Add(point);
        return point;
    }

    private protected abstract TPoint Measured(int step, string moment);
}
