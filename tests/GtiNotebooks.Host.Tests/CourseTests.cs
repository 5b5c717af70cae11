using GtiNotebooks.Host.Pages;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests;

/// <summary>Every notebook of the course runs to its end, and its page draws its charts with no network.</summary>
public sealed class CourseTests : IDisposable
{
    private readonly string pages = Directory.CreateTempSubdirectory("gti-pages-").FullName;

    public static TheoryData<string> Notebooks() =>
        new(Directory.GetFiles(Repository.Find().Notebooks, "*.ipynb").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

    public void Dispose() => Directory.Delete(pages, recursive: true);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task A_notebook_runs_and_its_page_draws(string name)
    {
        using var said = new StringWriter();

        var exitCode = await GtiProgram.RunAsync(
            ["notebook", "run", Path.Combine(Repository.Find().Notebooks, name), "--html", pages], said, said);

        Assert.True(exitCode == 0, said.ToString());
        var page = Path.Combine(pages, Path.ChangeExtension(name, ".html"));
        if (Chromium.Find() is not { } chromium)
        {
            SharedFolder.Skip("no Chromium on the PATH");
            return;
        }

        var seen = await chromium.RunAsync(await File.ReadAllTextAsync(page), CancellationToken.None);
        Assert.True(CountOf(seen, "<div class=\"gti-chart") > 0, "the page holds no chart");
        Assert.Equal(CountOf(seen, "<div class=\"gti-chart"), CountOf(seen, "<div class=\"gti-chart js-plotly-plot\""));
    }

    private static int CountOf(string text, string part) => text.Split(part).Length - 1;
}
