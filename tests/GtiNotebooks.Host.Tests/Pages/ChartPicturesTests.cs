using GtiNotebooks.Host.Notebooks;
using GtiNotebooks.Host.Pages;
using GtiNotebooks.Host.Tests.Notebooks;

namespace GtiNotebooks.Host.Tests.Pages;

public sealed class ChartPicturesTests : IDisposable
{
    // Enough of plotly.js for a page to draw and to take a picture: the chart's title is its picture.
    private const string Plotly = """
        <script data-gti="plotly">
        window.Plotly = {
          newPlot: function (box, data) { box._fullLayout = { width: 1, height: 1 }; box.picture = btoa(data); },
          toImage: function (box) { return Promise.resolve('data:image/png;base64,' + box.picture); }
        };
        </script>
        """;

    private readonly Sample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public async Task A_picture_takes_a_charts_place()
    {
        if (BrowserOfTests.Find() is null)
            return;
        var run = await RunWithCharts();
        using var said = new StringWriter();

        var saved = await ChartPictures.ReplaceChartsAsync(run, said, CancellationToken.None);

        Assert.Equal("", said.ToString());
        Assert.Equal(["image/png", "text/plain"], DataOf(saved, 1).Keys.Order());
        Assert.Equal(("one", "said one"), (Decode(DataOf(saved, 1)["image/png"]), DataOf(saved, 1)["text/plain"]));
        Assert.Equal("two", Decode(DataOf(saved, 2)["image/png"]));
        Assert.Equal(DataOf(run, 3), DataOf(saved, 3));
    }

    [Fact]
    public async Task Without_plotly_nothing_changes()
    {
        var run = await sample.Run("HTML(\"<div class=\\\"gti-chart\\\"></div>\")");
        Assert.Same(run, await ChartPictures.ReplaceChartsAsync(run, TextWriter.Null, CancellationToken.None));
    }

    private async Task<NotebookDocument> RunWithCharts()
    {
        var notebook = NotebookDocument.Parse(Sample.Json(("code", "1"), ("code", "1"), ("code", "1"), ("code", "1")), Path.Combine(sample.Folder, "charts.ipynb"));
        return notebook.WithRuns(
        [
            Run(new() { ["text/html"] = Plotly }),
            Run(new() { ["text/html"] = Chart("one"), ["text/plain"] = "said one" }),
            Run(new() { ["text/html"] = Chart("two") }),
            // More than a chart: no part of it may vanish.
            Run(new() { ["text/html"] = "<table></table>" + Chart("three") }),
        ]);

        static CellRun Run(Dictionary<string, string> data) => new(1, [new DisplayOutput(data)], TimeSpan.Zero);
        static string Chart(string name) => $$"""
            <div class="gti-chart" data-gti-chart="{{name}}"></div>
            <script>document.querySelectorAll('[data-gti-chart="{{name}}"]').forEach(function (box) {
              box.setAttribute('data-drawn', ''); window.Plotly.newPlot(box, '{{name}}'); });</script>
            """.ReplaceLineEndings("\n");
    }

    private static IReadOnlyDictionary<string, string> DataOf(NotebookDocument notebook, int cell) => ((DisplayOutput)notebook.Cells[cell].Outputs[0]).Data;

    private static string Decode(string base64) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
