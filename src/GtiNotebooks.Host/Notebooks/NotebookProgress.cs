using System.Globalization;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>Hears how a notebook's run goes on.</summary>
public interface INotebookProgress
{
    /// <summary>A code cell starts.</summary>
    /// <param name="cell">The how-manieth code cell, 1-based.</param>
    /// <param name="total">How many there are.</param>
    void Started(int cell, int total);

    /// <summary>A code cell succeeded.</summary>
    /// <param name="cell">The how-manieth code cell, 1-based.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="duration">How long it took.</param>
    void Finished(int cell, int total, TimeSpan duration);
}

/// <summary>Writes one line a cell: <c>  cell 3/12    1.4 s</c>.</summary>
/// <param name="output">Where to.</param>
public sealed class NotebookProgress(TextWriter output) : INotebookProgress
{
    /// <inheritdoc/>
    public void Started(int cell, int total)
    {
        output.Write(string.Create(CultureInfo.InvariantCulture, $"  cell {cell}/{total} "));
        output.Flush();
    }

    /// <inheritdoc/>
    public void Finished(int cell, int total, TimeSpan duration) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds,7:0.0} s"));
}
