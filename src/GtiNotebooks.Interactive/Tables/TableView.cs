using System.Net;
using System.Text;

namespace GtiNotebooks.Interactive;

/// <summary>A column of a table.</summary>
/// <param name="Header">Name, with the unit.</param>
/// <param name="IsNumber">Numbers stand at the right of their column, texts at the left.</param>
public sealed record TableColumn(string Header, bool IsNumber = false);

/// <summary>A tidy table: a caption, columns, rows of text.</summary>
[TypeFormatterSource(typeof(ViewFormatterSource))]
public sealed class TableView : IView
{
    /// <summary>Shows rows.</summary>
    /// <param name="caption">What the table is of.</param>
    /// <param name="columns">At least one.</param>
    /// <param name="rows">Each with one text a column.</param>
    /// <exception cref="ArgumentException">There are no columns, or a row has another number of texts.</exception>
    public TableView(string caption, IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(caption);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        if (columns.Count == 0) throw new ArgumentException("A table needs at least one column.", nameof(columns));
        for (var row = 0; row < rows.Count; row++)
            if (rows[row].Count != columns.Count)
                throw new ArgumentException($"Row {row} has {rows[row].Count} texts; there are {columns.Count} columns.", nameof(rows));
        (Caption, Columns, Rows) = (caption, columns, rows);
    }

    /// <summary>What the table is of.</summary>
    public string Caption { get; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The rows, one text a column.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <inheritdoc/>
    public string ToHtml()
    {
        var html = new StringBuilder();
        html.Append("<div style=\"overflow-x:auto\"><table class=\"gti-table\" style=\"border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums\">\n");
        html.Append($"<caption style=\"caption-side:top;text-align:left;padding:4px 0\">{Encoded(Caption)}</caption>\n<thead><tr>");
        foreach (var column in Columns) html.Append($"<th scope=\"col\" style=\"{HeaderStyle(column)};border-bottom:1px solid #888\">{Encoded(column.Header)}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < Columns.Count; i++) html.Append($"<td style=\"{Style(Columns[i])}\">{Encoded(row[i])}</td>");
            html.Append("</tr>\n");
        }
        return html.Append("</tbody>\n</table></div>").ToString();
    }

    /// <inheritdoc/>
    public string ToPlainText()
    {
        var widths = Columns.Select((column, i) => Rows.Select(row => row[i].Length).Append(column.Header.Length).Max()).ToArray();
        var lines = new List<string> { Caption, Line([.. Columns.Select(column => column.Header)], widths), Line([.. widths.Select(width => new string('-', width))], widths) };
        lines.AddRange(Rows.Select(row => Line(row, widths)));
        return string.Join("\n", lines);
    }

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    private string Line(IReadOnlyList<string> texts, int[] widths) =>
        string.Join("  ", texts.Select((text, i) => Columns[i].IsNumber ? text.PadLeft(widths[i]) : text.PadRight(widths[i]))).TrimEnd();

    private static string Style(TableColumn column) => HeaderStyle(column) + (column.IsNumber ? ";white-space:nowrap" : ";max-width:32em");

    // A header may break where the page is narrow, a number must not.
    private static string HeaderStyle(TableColumn column) => "padding:3px 6px;vertical-align:top;text-align:" + (column.IsNumber ? "right" : "left");

    private static string Encoded(string text) => WebUtility.HtmlEncode(text).Replace("\n", "<br>");
}
