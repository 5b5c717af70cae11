namespace GtiNotebooks.Host.Notebooks;

/// <summary>A cell failed, so its notebook's run stopped.</summary>
public sealed class NotebookFailedException : Exception
{
    /// <summary>Names the place and the reason.</summary>
    /// <param name="notebook">The notebook's path.</param>
    /// <param name="cell">The how-manieth code cell, 1-based.</param>
    /// <param name="line">The line in the cell, 1-based; null when the kernel does not tell it.</param>
    /// <param name="reason">What went wrong.</param>
    /// <param name="inner">The exception behind it, if any.</param>
    public NotebookFailedException(string notebook, int cell, int? line, string reason, Exception? inner)
        : base($"{notebook}: code cell {cell}{(line is null ? "" : $", line {line}")}: {reason}", inner)
    {
        Cell = cell;
        Line = line;
    }

    /// <summary>The how-manieth code cell, 1-based.</summary>
    public int Cell { get; }

    /// <summary>The line in the cell, 1-based; null for an exception, because the kernel compiles cells without debug information.</summary>
    public int? Line { get; }
}
