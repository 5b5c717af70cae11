namespace GtiNotebooks.Interactive.Tests.Plots;

public sealed class PlotlyScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gti-plotly-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string script, params string[] path)
    {
        var file = Path.Combine([_folder.FullName, .. path, PlotlyScript.FileName]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, script);
        return file;
    }

    [Fact]
    public void It_is_looked_for_beside_the_dll_and_then_where_setup_puts_it()
    {
        var deep = _folder.CreateSubdirectory("bin").CreateSubdirectory("net");
        var built = Write("1", "artifacts", "plotly");
        Assert.Equal(built, PlotlyScript.FindFile(deep.FullName));
        var beside = Write("2", "bin", "net");
        Assert.Equal(beside, PlotlyScript.FindFile(deep.FullName));
    }

    [Fact]
    public void The_marked_element_ends_where_its_script_does()
    {
        var element = PlotlyScript.Element(Write("var a = \"</script>\";\nvar b;"));
        Assert.StartsWith(PlotlyScript.StartTag, element);
        Assert.Contains("var a = \"<\\/script>\"", element);
        Assert.Equal(element.Length - "</script>".Length, element.IndexOf("</script>", StringComparison.Ordinal));
    }

    [Fact]
    public void The_start_of_a_notebook_says_what_is_missing()
    {
        Assert.Contains("./gti setup", new NotebookStart(null).ToPlainText());
        Assert.DoesNotContain("<script", new NotebookStart(null).ToHtml());
        Assert.Contains(PlotlyScript.StartTag, new NotebookStart(Write("1")).ToHtml());
        Assert.EndsWith("</p>\n<p>a &lt; b</p>", new NotebookStart(null, "a < b").ToHtml());
    }
}
