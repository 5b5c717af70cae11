using System.Text.RegularExpressions;
using GtiNotebooks.Host.Notebooks;
using GtiNotebooks.Host.Tests.Pages;
using GtiNotebooks.Host.Tests.Packages;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests;

/// <summary>The first notebook, run without an editor, shows what its saved form shows, and its page draws its charts with no network. eng/checks/kernel.sh runs all of them.</summary>
public sealed partial class CourseTests : IDisposable
{
    private readonly string pages = Directory.CreateTempSubdirectory("gti-pages-").FullName;

    public void Dispose() => Directory.Delete(pages, recursive: true);

    [Fact]
    public async Task A_notebook_runs_and_its_page_draws()
    {
        var program = Path.Combine(Repository.Find().Root, "artifacts", "host", "GtiNotebooks.Host.dll");
        if (!File.Exists(program))
        {
            SharedFolder.Skip("no artifacts/host, where notebooks find the library: ./gti setup makes it");
            return;
        }
        var path = Path.Combine(Repository.Find().Notebooks, "00-start-here.ipynb");

        var run = await Command.RunAsync(ChildProcess.Dotnet, [program, "notebook", "run", path, "--html", pages], ("OMP_NUM_THREADS", "1"));

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        var page = await File.ReadAllTextAsync(Path.Combine(pages, "00-start-here.html"));
        Assert.Single(Plotly().Matches(page));
        Assert.Equal(SavedIn(path), ShownIn(page));
        await RequireDrawn(page);
    }

    /// <summary>Charts, tables, of each code cell, in the file.</summary>
    private static (int Charts, int Tables)[] SavedIn(string path) =>
        [.. NotebookDocument.Load(path).Cells.Where(cell => cell.IsRunnable).Select(cell => cell.Outputs.OfType<DisplayOutput>().ToArray()).Select(outputs =>
            (outputs.Sum(output => output.Data.ContainsKey("image/png") ? 1 : Chart().Count(output.Html ?? "")), outputs.Sum(output => Table().Count(output.Html ?? ""))))];

    /// <summary>The same in the page of a run.</summary>
    private static (int Charts, int Tables)[] ShownIn(string page) =>
        [.. page.Split("<section class=\"cell\">").Skip(1).Select(cell => (Chart().Count(cell), Table().Count(cell.Split("<section class=\"prose\">")[0])))];

    private static async Task RequireDrawn(string page)
    {
        if (BrowserOfTests.Find() is not { } browser)
            return;
        var drawn = await DrawnChart.OfAsync(browser, page);
        Assert.True(drawn.Count > 0, "the page holds no chart, or one that was not drawn");
        Assert.Equal(Chart().Count(page), drawn.Count);
        Assert.All(drawn, chart => Assert.True(chart.Series > 0 && chart.Drawn == chart.Series, chart.ToString()));
    }

    // Not empty, as it is in the setup cell's output.
    [GeneratedRegex("<script data-gti=\"plotly\">(?!</script>)")]
    private static partial Regex Plotly();

    [GeneratedRegex("<div class=\"gti-chart\"")]
    private static partial Regex Chart();

    [GeneratedRegex("<table")]
    private static partial Regex Table();
}
