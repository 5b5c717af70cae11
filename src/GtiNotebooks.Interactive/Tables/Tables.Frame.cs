using Microsoft.Data.Analysis;

namespace GtiNotebooks.Interactive;

public static partial class Tables
{
    /// <summary>The first rows of a data frame, numbers at the right of their columns. A cell that ends with a data frame shows 20 rows in this way.</summary>
    /// <param name="caption">What the table is of; how many rows and columns there are is added.</param>
    /// <param name="frame">At least one column.</param>
    /// <param name="mostRows">Rows shown at most; at least 1.</param>
    /// <exception cref="ArgumentException">There are no columns, or <paramref name="mostRows"/> is out of range.</exception>
    public static TableView Frame(string caption, DataFrame frame, int mostRows = 20)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostRows, 1);
        var shown = (int)Math.Min(mostRows, frame.Rows.Count);
        var size = FormattableString.Invariant($"{frame.Rows.Count} {(frame.Rows.Count == 1 ? "row" : "rows")}, {frame.Columns.Count} {(frame.Columns.Count == 1 ? "column" : "columns")}");
        return new TableView(
            $"{caption}: {size}{(shown < frame.Rows.Count ? FormattableString.Invariant($"; the first {shown}") : "")}",
            [.. frame.Columns.Select(column => new TableColumn(column.Name, RecordCells.IsNumber(column.DataType)))],
            [.. Enumerable.Range(0, shown).Select(row => frame.Columns.Select(column => CellText(column[row])).ToArray())]);
    }
}
