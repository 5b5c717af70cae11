using GtiNotebooks.Training;

namespace GtiNotebooks.Interactive;

/// <summary>
/// Shows training in one output that is updated in place while the cell runs, and keeps every report for a chart of the loss. The last state
/// of every stage stays in the saved notebook.
/// </summary>
/// <example>
/// <code>
/// var shown = KernelInvocationContext.Current.Display(ProgressView.Empty);
/// var progress = new NotebookProgress(shown.Update, "gti");
/// </code>
/// </example>
/// <remarks>Nothing here knows the kernel: any delegate that takes the new view will do. Reports are shown on the thread that makes them, so
/// they are shown while the cell runs; JupyterLab ignores updates that come later. In a notebook show the view through the cell's context, as above: the
/// last kernel's <c>display(value)</c> returns a handle with another id than what it showed, so that updates go nowhere. When a run is cancelled or fails, what
/// was shown last stays.</remarks>
public sealed class NotebookProgress : IProgress<TrainingProgress>
{
    /// <summary>Steps between two updates when none are given.</summary>
    public const int DefaultSteps = 20;

    private readonly Action<object> _update;
    private readonly string _label;
    private readonly int _every;
    private readonly List<TrainingProgress> _history = [];
    private readonly Lock _lock = new();

    /// <summary>Reports to an output.</summary>
    /// <param name="update">Puts a new value in place of the shown one.</param>
    /// <param name="label">What is trained, such as the method's name; stands before every line.</param>
    /// <param name="every">Steps between two updates, at least 1. A stage's first and last step are always shown.</param>
    public NotebookProgress(Action<object> update, string label = "", int every = DefaultSteps)
    {
        ArgumentNullException.ThrowIfNull(update);
        ArgumentNullException.ThrowIfNull(label);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        (_update, _label, _every) = (update, label, every);
    }

    /// <summary>All reports so far, in order.</summary>
    public IReadOnlyList<TrainingProgress> History
    {
        get { lock (_lock) return [.. _history]; }
    }

    /// <summary>The reports of one stage, in order.</summary>
    /// <param name="stage">Name of the stage.</param>
    public IReadOnlyList<TrainingProgress> HistoryOf(string stage) => [.. History.Where(report => report.Stage == stage)];

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            var begins = _history.Count == 0 || _history[^1].Stage != value.Stage;
            _history.Add(value);
            if (!begins && value.Step % _every != 0 && value.Step < value.Steps) return;
            _update(new ProgressView(_label, [.. _history.GroupBy(report => report.Stage).Select(stage => stage.Last())]));
        }
    }
}
