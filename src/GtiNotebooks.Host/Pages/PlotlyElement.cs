using System.Text.RegularExpressions;
using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host.Pages;

/// <summary>The script element with plotly.js that a notebook's setup cell puts into its output, over three megabytes long.</summary>
/// <remarks>
/// GtiNotebooks.Interactive writes it (see its <c>PlotlyScript</c>) and marks it with <c>data-gti="plotly"</c>. A saved notebook
/// keeps it empty; a page has it once, in its head.
/// </remarks>
internal static partial class PlotlyElement
{
    /// <summary>The element in a notebook that has just run, or an empty text.</summary>
    public static string Find(NotebookDocument notebook) => notebook.Cells
        .SelectMany(cell => cell.Outputs).OfType<DisplayOutput>()
        .Select(output => Element().Match(output.Html ?? ""))
        .FirstOrDefault(match => match.Success)?.Value ?? "";

    /// <summary>An output in which the element is empty.</summary>
    public static CellOutput Strip(CellOutput output) =>
        output is DisplayOutput { Html: { } html } display && Element().IsMatch(html)
            ? display with { Data = new Dictionary<string, string>(display.Data) { ["text/html"] = Element().Replace(html, "$1$2") } }
            : output;

    [GeneratedRegex("""(<script data-gti="plotly">).+?(</script>)""", RegexOptions.Singleline)]
    private static partial Regex Element();
}
