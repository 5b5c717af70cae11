using System.Text;

namespace GtiNotebooks.Studies;

/// <summary>A column of a table whose rows are methods.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Cell">The text of a method's cell.</param>
internal sealed record Column(string Header, Func<MethodSummary, string> Cell);

/// <summary>Methods as GitHub Markdown.</summary>
internal static class MethodTable
{
    /// <summary>One row a method; the first column to the left, the others to the right. Lines end with \n.</summary>
    public static string Render(IReadOnlyList<MethodSummary> methods, IReadOnlyList<Column> columns)
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", columns.Select(column => column.Header)).Append(" |\n");
        text.Append('|').AppendJoin('|', columns.Select((_, index) => index == 0 ? "---" : "---:")).Append("|\n");
        foreach (var method in methods)
        {
            text.Append("| ").AppendJoin(" | ", columns.Select(column => column.Cell(method))).Append(" |\n");
        }
        return text.ToString();
    }
}
