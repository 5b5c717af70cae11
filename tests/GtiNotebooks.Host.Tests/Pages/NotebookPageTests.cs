using System.Text.RegularExpressions;
using GtiNotebooks.Host.Notebooks;
using GtiNotebooks.Host.Pages;
using GtiNotebooks.Host.Tests.Notebooks;

namespace GtiNotebooks.Host.Tests.Pages;

public sealed partial class NotebookPageTests : IDisposable
{
    private readonly Sample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public async Task A_page_shows_prose_code_and_outputs_and_fetches_nothing()
    {
        File.WriteAllBytes(Path.Combine(sample.Folder, "dot.png"), [1, 2, 3]);
        var notebook = NotebookDocument.Load(sample.Write(
            "page.ipynb",
            ("markdown", "# A <title>\n\nSee [next](02-more.ipynb), [site](https://example.org) ![dot](dot.png) ![far](https://example.org/x.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
            ("code", "Console.WriteLine(\"<raw>\"); // note\nHTML(\"<div id='mine'></div>\")")));
        var page = NotebookPage.Render(await NotebookRunner.RunAsync(notebook, new Sample.Silent(), CancellationToken.None));

        Assert.Contains("<title>A &lt;title&gt;</title>", page);
        Assert.Contains("<table>", page);
        Assert.Contains("href=\"02-more.html\"", page);
        Assert.Contains("data:image/png;base64,AQID", page);
        Assert.Contains("<pre class=\"stdout\">&lt;raw&gt;", page);
        Assert.Contains("<div class=\"output\"><div id='mine'></div></div>", page);
        Assert.Contains("<span class=\"c\">// note</span>", page);
        Assert.DoesNotMatch(Fetches(), page);
    }

    [Fact]
    public void Only_pictures_of_the_notebooks_own_folder_go_into_a_page()
    {
        var folder = Directory.CreateDirectory(Path.Combine(sample.Folder, "course")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "inner"));
        Directory.CreateDirectory(Path.Combine(sample.Folder, "course2"));
        foreach (var name in new[] { "outside.png", "course2/near.png", "course/own picture.png", "course/inner/own.png" })
            File.WriteAllBytes(Path.Combine(sample.Folder, name), [1, 2, 3]);
        using (var large = File.Create(Path.Combine(folder, "large.png")))
            large.SetLength((8 << 20) + 1);
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Path.Combine(folder, "link.png"), Path.Combine(sample.Folder, "outside.png"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "linked"), Path.Combine(sample.Folder, "course2"));
        }

        string[] taken = ["own%20picture.png", "inner/own.png", "inner/../inner/own.png"];
        string[] refused =
        [
            "../outside.png", "..%2Foutside.png", "inner/../../outside.png", "../course2/near.png", Path.Combine(sample.Folder, "outside.png").Replace('\\', '/'),
            "large.png", "link.png", "linked/near.png", "own%00.png", "missing.png", "inner", "",
        ];

        Assert.All(taken, url => Assert.Contains("src=\"data:image/png;base64,AQID\"", MarkdownText.ToHtml($"![the text]({url})", folder)));
        Assert.All(refused, url => Assert.Equal("<p>[the text]</p>", MarkdownText.ToHtml($"![the text]({url})", folder).Trim()));
    }

    [Fact]
    public async Task Plotly_is_in_a_page_once_and_not_in_a_saved_notebook()
    {
        const string Marked = "<script data-gti=\"plotly\">window.Plotly={v:1};</script>";
        var run = await sample.Run($"display(HTML(\"\"\"{Marked}<p>ready</p>\"\"\"));", $"HTML(\"\"\"{Marked}\"\"\")");

        var page = NotebookPage.Render(run);
        var saved = run.WithOutputs(PlotlyElement.Strip);

        Assert.Single(Regex.Matches(page, Regex.Escape(Marked)));
        Assert.Contains(Marked + "\n</head>", page);
        Assert.Contains("<p>ready</p>", page);
        Assert.DoesNotContain("{v:1}", string.Concat(saved.Cells.SelectMany(cell => cell.Outputs).OfType<DisplayOutput>().Select(output => output.Html)));
        Assert.Equal("<script data-gti=\"plotly\"></script><p>ready</p>", ((DisplayOutput)saved.Cells[0].Outputs[0]).Html);
    }

    [Theory]
    [InlineData("var s = \"a // b\"; // c", "<span class=\"k\">var</span> s = <span class=\"s\">&quot;a // b&quot;</span>; <span class=\"c\">// c</span>")]
    [InlineData("x = 1e-3f + 0xFF;", "x = <span class=\"n\">1e-3f</span> + <span class=\"n\">0xFF</span>;")]
    [InlineData("#r \"a.dll\"", "<span class=\"d\">#r</span> <span class=\"s\">&quot;a.dll&quot;</span>")]
    [InlineData("variable<int>", "variable&lt;<span class=\"k\">int</span>&gt;")]
    [InlineData("@\"a\"\"b\\\" + 'c'", "<span class=\"s\">@&quot;a&quot;&quot;b\\&quot;</span> + <span class=\"s\">&#39;c&#39;</span>")]
    public void Colours_code(string code, string html) => Assert.Equal(html, CodeHighlighter.ToHtml(code));

    // A tag that makes a browser ask the network: any src, or a link element's href.
    [GeneratedRegex("<[^>]+\\ssrc\\s*=\\s*[\"']?(https?:)?//|<link[^>]+href", RegexOptions.IgnoreCase)]
    private static partial Regex Fetches();
}
