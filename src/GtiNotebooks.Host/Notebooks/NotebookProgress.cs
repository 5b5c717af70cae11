using System.Diagnostics;
using System.Globalization;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>Hears how a notebook's run goes on.</summary>
public interface INotebookProgress
{
    /// <summary>A code cell starts.</summary>
    /// <param name="cell">Its number, 1-based.</param>
    /// <param name="total">How many there are.</param>
    void Started(int cell, int total);

    /// <summary>A code cell succeeded.</summary>
    /// <param name="cell">Its number, 1-based.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="duration">How long it took.</param>
    void Finished(int cell, int total, TimeSpan duration);
}

/// <summary>Writes one line a cell, <c>  cell 3/12    1.4 s</c>, that grows while the cell runs, and the time left where it is known.</summary>
/// <param name="output">Where to.</param>
/// <param name="timeLeft">What is left when a share of the notebook's cells is done, in [0, 1]; null where that is not known.</param>
public sealed class NotebookProgress(TextWriter output, Func<double, string>? timeLeft = null) : INotebookProgress, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(8);
    private Timer? ticker;

    /// <inheritdoc/>
    public void Started(int cell, int total)
    {
        output.Write(string.Create(CultureInfo.InvariantCulture, $"  cell {cell}/{total} "));
        output.Flush();
        var watch = Stopwatch.StartNew();
        ticker = new Timer(_ =>
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0} s.. "));
            output.Flush();
        }, null, Pause, Pause);
    }

    /// <inheritdoc/>
    public void Finished(int cell, int total, TimeSpan duration)
    {
        Dispose();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds,7:0.0} s{timeLeft?.Invoke((double)cell / total)}"));
    }

    /// <summary>Lets the line grow no more.</summary>
    public void Dispose() => ticker?.Dispose();
}
