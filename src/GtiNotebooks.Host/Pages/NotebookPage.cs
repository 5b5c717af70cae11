using System.Net;
using System.Text;
using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host.Pages;

/// <summary>Renders an executed notebook as one HTML file that needs no network.</summary>
public static class NotebookPage
{
    /// <summary>Renders a notebook with the outputs it has.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <returns>The whole page.</returns>
    public static string Render(NotebookDocument notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        var body = new StringBuilder();
        foreach (var cell in notebook.WithOutputs(PlotlyElement.Strip).Cells)
            AppendCell(body, cell, Path.GetDirectoryName(notebook.Path)!);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{WebUtility.HtmlEncode(notebook.Title)}</title>
            <style>
            {Style()}</style>
            {PlotlyElement.Find(notebook)}
            </head>
            <body>
            <header><span>GtiNotebooks</span><span>{WebUtility.HtmlEncode(Path.GetFileName(notebook.Path))}</span></header>
            <main>
            {body}</main>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private static void AppendCell(StringBuilder page, NotebookCell cell, string folder)
    {
        if (cell.Kind == CellKind.Markdown)
            page.Append($"<section class=\"prose\">\n{MarkdownText.ToHtml(cell.Source, folder)}</section>\n");
        else if (cell.IsRunnable)
        {
            page.Append($"<section class=\"cell\">\n<pre class=\"code\"><code>{CodeHighlighter.ToHtml(cell.Source)}</code></pre>\n");
            foreach (var output in cell.Outputs)
                page.Append(OutputHtml(output, folder));
            page.Append("</section>\n");
        }
    }

    private static string OutputHtml(CellOutput output, string folder) => output switch
    {
        StreamOutput stream => $"<pre class=\"{stream.Name}\">{WebUtility.HtmlEncode(stream.Text)}</pre>\n",
        DisplayOutput display => $"<div class=\"output\">{Richest(display.Data, folder)}</div>\n",
        _ => "",
    };

    private static string Richest(IReadOnlyDictionary<string, string> data, string folder)
    {
        if (data.TryGetValue("text/html", out var html))
            return html;
        if (data.TryGetValue("image/svg+xml", out var svg))
            return svg;
        if (data.TryGetValue("image/png", out var png))
            return $"<img alt=\"\" src=\"data:image/png;base64,{png}\">";
        if (data.TryGetValue("text/markdown", out var markdown))
            return MarkdownText.ToHtml(markdown, folder);
        return $"<pre>{WebUtility.HtmlEncode(data.GetValueOrDefault("text/plain") ?? data.Values.FirstOrDefault() ?? "")}</pre>";
    }

    private static string Style()
    {
        using var stream = typeof(NotebookPage).Assembly.GetManifestResourceStream("page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
