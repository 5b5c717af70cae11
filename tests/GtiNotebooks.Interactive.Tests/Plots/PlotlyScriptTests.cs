namespace GtiNotebooks.Interactive.Tests.Plots;

public sealed class PlotlyScriptTests
{
    [Fact]
    public void It_comes_from_the_package() => Assert.Contains("plotly.js v2.28.0", PlotlyScript.Element());

    [Fact]
    public void The_marked_element_ends_where_its_script_does()
    {
        var element = PlotlyScript.Element("var a = \"</script>\";\nvar b;");
        Assert.StartsWith(PlotlyScript.StartTag, element);
        Assert.Contains("var a = \"<\\/script>\"", element);
        Assert.Equal(element.Length - "</script>".Length, element.IndexOf("</script>", StringComparison.Ordinal));
    }

    [Fact]
    public void The_start_of_a_notebook_shows_the_note_beside_it() => Assert.EndsWith("</p>\n<p>a &lt; b</p>", new NotebookStart("a < b").ToHtml());
}
