using System.Text;
using System.Text.RegularExpressions;
using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host.Pages;

/// <summary>Takes pictures of a notebook's charts for its saved form.</summary>
/// <remarks>
/// A saved chart cannot draw itself: plotly.js is not stored with it, and GitHub and untrusted notebooks run no script. Viewers prefer
/// HTML over a picture beside it, so the picture takes the HTML's place; running the notebook brings the live chart back.
/// </remarks>
internal static partial class ChartPictures
{
    /// <summary>Replaces each chart's HTML by a PNG. Without Chromium or plotly.js the charts stay as they are, and a line says so.</summary>
    /// <param name="executed">A notebook that has just run, plotly.js still in it.</param>
    /// <param name="output">Where that line goes.</param>
    /// <param name="cancellationToken">Ends the browser.</param>
    /// <returns>The notebook to save.</returns>
    public static async Task<NotebookDocument> ReplaceChartsAsync(NotebookDocument executed, TextWriter output, CancellationToken cancellationToken)
    {
        var charts = executed.Cells.SelectMany(cell => cell.Outputs).OfType<DisplayOutput>().Select(display => display.Html ?? "")
            .Where(IsOneChart).Distinct().ToList();
        var plotly = PlotlyElement.Find(executed);
        if (charts.Count == 0 || plotly.Length == 0)
            return executed;
        if (Chromium.Find() is not { } browser)
        {
            output.WriteLine("  no Chromium found: the saved notebook has no pictures of its charts");
            return executed;
        }
        var pictures = Picture().Matches(await browser.RunAsync(Studio(plotly, charts), cancellationToken));
        if (pictures.Count != charts.Count)
        {
            output.WriteLine($"  Chromium drew {pictures.Count} of {charts.Count} charts: the saved notebook has no pictures of them");
            return executed;
        }
        var pictureOf = charts.Zip(pictures, (chart, match) => (chart, match.Groups[1].Value)).ToDictionary(pair => pair.chart, pair => pair.Value);
        return executed.WithOutputs(one => one is DisplayOutput { Html: { } html } display && pictureOf.TryGetValue(html, out var picture)
            ? display with { Data = WithPicture(display.Data, picture) }
            : one);
    }

    // An output that is a chart and nothing else; of a table with a chart in it no part may vanish.
    private static bool IsOneChart(string html) =>
        html.StartsWith("<div class=\"gti-chart\"", StringComparison.Ordinal) && ChartBox().Count(html) == 1;

    private static Dictionary<string, string> WithPicture(IReadOnlyDictionary<string, string> data, string png)
    {
        var changed = new Dictionary<string, string>(data) { ["image/png"] = png };
        changed.Remove("text/html");
        return changed;
    }

    // A page that draws every chart, then leaves nothing but their pictures, in order.
    private static string Studio(string plotly, IReadOnlyList<string> charts)
    {
        var page = new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\">").Append(plotly).Append("</head><body>");
        foreach (var chart in charts)
            page.Append("<section style=\"width:960px\">").Append(chart).Append("</section>");
        return page.Append("""
            <script>
            (function wait() {
              var boxes = Array.from(document.querySelectorAll('[data-gti-chart]'));
              if (!boxes.every(function (box) { return box.hasAttribute('data-drawn') && box._fullLayout; })) return setTimeout(wait, 50);
              Promise.all(boxes.map(function (box) {
                return Plotly.toImage(box, { format: 'png', width: box._fullLayout.width, height: box._fullLayout.height, scale: 1.5 });
              })).then(function (pictures) {
                document.head.innerHTML = '';
                document.body.innerHTML = pictures.map(function (url) { return '<pre>' + url + '</pre>'; }).join('');
              });
            })();
            </script></body></html>
            """).ToString();
    }

    [GeneratedRegex("<pre>data:image/png;base64,([A-Za-z0-9+/=]+)</pre>")]
    private static partial Regex Picture();

    [GeneratedRegex("<div class=\"gti-chart\"")]
    private static partial Regex ChartBox();
}
