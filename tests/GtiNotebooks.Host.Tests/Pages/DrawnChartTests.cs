using GtiNotebooks.Host.Pages;
using GtiNotebooks.Interactive;

namespace GtiNotebooks.Host.Tests.Pages;

/// <summary>That the tests of the course would see a chart that draws nothing.</summary>
public sealed class DrawnChartTests
{
    [Fact]
    public async Task A_series_without_a_mark_and_a_chart_without_plotly_are_seen()
    {
        if (BrowserOfTests.Find() is not { } browser)
            return;
        var charts = string.Concat(
            Chart("full", """{"type":"scatter","x":[1,2],"y":[1,2]},{"type":"bar","x":[1],"y":[2]},{"type":"scatter","mode":"markers","x":[1],"y":[2]}"""),
            Chart("cells", """{"type":"heatmap","z":[[1,2],[3,4]]}"""),
            Chart("half", """{"type":"scatter","x":[1,2],"y":[1,2]},{"type":"scatter","x":[],"y":[]},{"type":"scatter","x":[1,2],"y":[null,null]}"""),
            Chart("empty", ""));

        Assert.Equal(
            [new DrawnChart("full", 3, 3), new("cells", 1, 1), new("half", 3, 1), new("empty", 0, 0)],
            await DrawnChart.OfAsync(browser, $"<html><head>{PlotlyScript.Element()}</head><body>{charts}</body></html>"));
        Assert.Empty(await DrawnChart.OfAsync(browser, $"<html><head></head><body>{charts}</body></html>"));
    }

    [Fact]
    public void What_a_person_may_be_without_a_build_server_may_not()
    {
        var before = Environment.GetEnvironmentVariable("CI");
        try
        {
            Environment.SetEnvironmentVariable("CI", "true");
            Assert.Contains("no browser, and this is a build server", Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => BrowserOfTests.SkipOrFail("no browser")).Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CI", before);
        }
    }

    private static string Chart(string name, string series) => $$"""
        <div class="gti-chart" data-gti-chart="{{name}}"></div>
        <script>
          var figure = {"data":[{{series}}],"layout":{} };
          document.querySelectorAll('[data-gti-chart="{{name}}"]').forEach(function (box) {
            if (!window.Plotly) return;
            box.setAttribute('data-drawn', '');
            Plotly.newPlot(box, figure.data, figure.layout);
          });
        </script>
        """;
}
