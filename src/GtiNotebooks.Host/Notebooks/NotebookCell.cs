namespace GtiNotebooks.Host.Notebooks;

/// <summary>A cell's kind.</summary>
public enum CellKind
{
    /// <summary>Prose in Markdown.</summary>
    Markdown,

    /// <summary>C#.</summary>
    Code,

    /// <summary>Text that is neither run nor rendered.</summary>
    Raw,
}

/// <summary>One cell of a notebook.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Source">Its text.</param>
/// <param name="ExecutionCount">When it ran, 1-based; null where it did not.</param>
/// <param name="Outputs">What it left behind; empty for prose.</param>
/// <param name="Tags">Its tags, as an editor shows them.</param>
public sealed record NotebookCell(
    CellKind Kind, string Source, int? ExecutionCount, IReadOnlyList<CellOutput> Outputs, IReadOnlyList<string> Tags)
{
    /// <summary>The tag of a cell whose output is also printed on the terminal when the notebook is run.</summary>
    public const string ResultTag = "result";

    /// <summary>Whether there is code to run.</summary>
    public bool IsRunnable => Kind == CellKind.Code && !string.IsNullOrWhiteSpace(Source);
}
