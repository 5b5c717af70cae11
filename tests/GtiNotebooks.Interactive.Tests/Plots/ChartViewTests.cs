using GtiNotebooks.Evaluation;
using Plotly.NET.CSharp;

namespace GtiNotebooks.Interactive.Tests.Plots;

public sealed class ChartViewTests
{
    private static ChartView View(string description = "A line.") => new(
        Chart.Scatter<int, double, string>([1, 2], [3.5, 4.5], Plotly.NET.StyleParam.Mode.Lines, Name: "</script><b>", UseDefaults: false), description);

    [Fact]
    public void The_page_needs_no_network()
    {
        foreach (var view in new IView[] { View(), Charts.MetricAtK(Sample.Study(2), MetricValue.Recall), Interactive.Tables.Results(Sample.Study(2), MetricValue.Recall) })
        {
            Assert.DoesNotContain("http:", view.ToHtml());
            Assert.DoesNotContain("https:", view.ToHtml());
            Assert.DoesNotContain("src=", view.ToHtml());
        }
    }

    [Fact]
    public void A_name_cannot_end_the_script()
    {
        var html = View().ToHtml();
        Assert.Equal(html.LastIndexOf("</script>", StringComparison.Ordinal), html.IndexOf("</script>", StringComparison.Ordinal));
        Assert.Contains("\\u003c/script>\\u003cb>", html);
    }

    [Fact]
    public void The_text_stands_in_the_box_until_the_drawing_does()
    {
        var html = View("1 < 2").ToHtml();
        Assert.Contains("1 &lt; 2</pre>", html);
        Assert.Equal("1 < 2", View("1 < 2").ToPlainText());
    }

    [Fact]
    public void The_same_chart_gives_the_same_html()
    {
        Assert.Equal(View().ToHtml(), View().ToHtml());
    }

    [Fact]
    public void The_theme_gives_way_to_the_chart()
    {
        var chart = new ChartView(View().Chart.WithSize(Width: 300, Height: 200), "Small.");
        Assert.Contains("\"width\":300", chart.ToJson());
        Assert.DoesNotContain("autosize", chart.ToJson());
        Assert.Contains("min-height:200px", chart.ToHtml());
        Assert.Contains("\"autosize\":true", View().ToJson());
        Assert.Contains("\"template\":{", View().ToJson());
    }
}
