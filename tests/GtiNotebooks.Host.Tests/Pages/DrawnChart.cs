using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GtiNotebooks.Host.Pages;

namespace GtiNotebooks.Host.Tests.Pages;

/// <summary>A chart of a page, as a browser drew it.</summary>
/// <param name="Name">Its name in the page.</param>
/// <param name="Series">How many series the page's own text gives it.</param>
/// <param name="Drawn">How many have a place in the drawing with at least one mark in it: a line, a column, a picture of cells.</param>
internal sealed partial record DrawnChart(string Name, int Series, int Drawn)
{
    private const string Counting = """
        <script>
        (function wait() {
          var boxes = Array.from(document.querySelectorAll('[data-gti-chart]'));
          if (!boxes.every(function (box) { return box.hasAttribute('data-drawn') && box._fullLayout; })) return setTimeout(wait, 50);
          var counts = boxes.map(function (box) {
            var series = Array.from(box.querySelectorAll('.cartesianlayer .trace, .cartesianlayer .hm'));
            return series.filter(function (one) { return one.querySelector('path[d]:not([d=""]), image'); }).length;
          });
          document.head.innerHTML = '';
          document.body.innerHTML = boxes.map(function (box, i) { return '<pre>' + box.getAttribute('data-gti-chart') + ' ' + counts[i] + '</pre>'; }).join('');
        })();
        </script>
        """;

    /// <summary>Opens a page in a browser and looks at its charts, in their order; none where one of them was not drawn at all.</summary>
    public static async Task<IReadOnlyList<DrawnChart>> OfAsync(Chromium browser, string page)
    {
        var series = Figure().Matches(page).Select(figure => (Name: figure.Groups[2].Value, JsonNode.Parse(figure.Groups[1].Value)!["data"]!.AsArray().Count))
            .DistinctBy(figure => figure.Name).ToDictionary(figure => figure.Name, figure => figure.Count);
        var end = page.LastIndexOf("</body>", StringComparison.Ordinal);
        var seen = await browser.RunAsync(page.Insert(end, Counting), CancellationToken.None);
        return [.. Count().Matches(seen).Select(match => new DrawnChart(
            match.Groups[1].Value, series[match.Groups[1].Value], int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))];
    }

    // As ChartHtml writes a chart's script.
    [GeneratedRegex("""var figure = (\{[^\n]*\});\n.*?\[data-gti-chart="(\w+)"\]""", RegexOptions.Singleline)]
    private static partial Regex Figure();

    [GeneratedRegex(@"<pre>(\w+) (\d+)</pre>")]
    private static partial Regex Count();
}
