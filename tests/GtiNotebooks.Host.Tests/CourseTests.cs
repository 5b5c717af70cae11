using System.Globalization;
using System.Text.RegularExpressions;
using GtiNotebooks.Host.Notebooks;
using GtiNotebooks.Host.Tests.Pages;
using GtiNotebooks.Host.Tests.Profiles;

namespace GtiNotebooks.Host.Tests;

/// <summary>Every notebook of the course runs to its end within its time, shows what its saved form shows, and its page draws its charts with no network.</summary>
public sealed partial class CourseTests : IDisposable
{
    // Minutes of processor time, about five times what docs/workshop.md measured: what got five times slower, not what runs on a slow machine.
    private static readonly Dictionary<string, double> Minutes = new()
    {
        ["00-start-here.ipynb"] = 2, ["01-collapse.ipynb"] = 6, ["02-semantic-ids.ipynb"] = 2, ["03-grounding.ipynb"] = 7, ["04-benchmark.ipynb"] = 7,
        ["05-your-own-catalogue.ipynb"] = 2,
    };

    private readonly string pages = Directory.CreateTempSubdirectory("gti-pages-").FullName;

    public static TheoryData<string> Notebooks() =>
        new(Directory.GetFiles(Repository.Find().Notebooks, "*.ipynb").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

    public void Dispose() => Directory.Delete(pages, recursive: true);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task A_notebook_runs_and_its_page_draws(string name)
    {
        var path = Path.Combine(Repository.Find().Notebooks, name);

        // One thread: more of them wait for each other by spinning, which is processor time too.
        var run = await Command.RunAsync(
            ChildProcess.Dotnet, [typeof(GtiProgram).Assembly.Location, "notebook", "run", path, "--html", pages], ("OMP_NUM_THREADS", "1"));

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        var minutes = double.Parse(ProcessorTime().Match(run.Output).Groups[1].Value, CultureInfo.InvariantCulture) / 60;
        Assert.InRange(minutes, 0, Minutes[name]);
        var page = await File.ReadAllTextAsync(Path.Combine(pages, Path.ChangeExtension(name, ".html")));
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

    [GeneratedRegex("processor time ([0-9.]+) s")]
    private static partial Regex ProcessorTime();

    // Not empty, as it is in the setup cell's output.
    [GeneratedRegex("<script data-gti=\"plotly\">(?!</script>)")]
    private static partial Regex Plotly();

    [GeneratedRegex("<div class=\"gti-chart\"")]
    private static partial Regex Chart();

    [GeneratedRegex("<table")]
    private static partial Regex Table();
}
