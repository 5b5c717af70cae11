using System.Diagnostics;
using GtiNotebooks.Host.Notebooks;
using GtiNotebooks.Host.Tests.Notebooks;
using GtiNotebooks.Host.Verbs;
using GtiNotebooks.Torch;

namespace GtiNotebooks.Host.Tests.Verbs;

public sealed class GtiProgramTests : IDisposable
{
    private readonly Sample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public async Task Help_names_the_verbs()
    {
        var (exitCode, output, _) = await Run("--help");
        Assert.Equal(0, exitCode);
        foreach (var verb in new[] { "tutorial", "test", "generate", "notebook" })
            Assert.Contains(verb, output);
    }

    [Theory]
    [InlineData("no notebook", "notebook", "run", "missing.ipynb")]
    [InlineData("no folder", "test", "sum", "/no/such/folder")]
    [InlineData("There is no preset 'ours'; known are starts, anchors", "study", "--preset", "ours")]
    [InlineData("There is no method 'lcrec'; known are popularity", "study", "--methods", "mean,lcrec")]
    [InlineData("'fast' is not a number", "study", "--learning-rates", "0.001,fast")]
    [InlineData("--seeds is 0", "study", "--seeds", "0")]
    [InlineData("missing.md: no such file", "results", "missing.md")]
    public async Task A_users_mistake_is_one_line(string expected, params string[] args)
    {
        var (exitCode, _, error) = await Run(args);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("gti: ", error);
        Assert.Contains(expected, error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Before_a_notebook_runs_it_is_said_what_its_code_may_do()
    {
        var (_, help, _) = await Run("notebook", "run", "--help");
        Assert.Matches(@"with\s+your\s+rights", help);
        var path = sample.Write("quiet.ipynb", ("code", "1 + 1"));
        var (exitCode, output, _) = await Run("notebook", "run", path);
        Assert.Equal(0, exitCode);
        Assert.StartsWith(NotebookVerb.Rights, output);
    }

    [Fact]
    public async Task Verbose_shows_where()
    {
        var (_, _, error) = await Run("notebook", "run", "missing.ipynb", "--verbose");
        Assert.Contains("   at ", error);
    }

    [Fact]
    public async Task An_unknown_verb_is_an_error_with_a_suggestion()
    {
        var (exitCode, output, error) = await Run("notebok");
        Assert.Equal(1, exitCode);
        Assert.Contains("notebok", error);
        Assert.Contains("notebook", output);
    }

    [Fact]
    public async Task A_notebook_runs_with_this_programs_library_and_is_stored()
    {
        var path = sample.Write("run.ipynb", ("markdown", "# Hello"), ("code", $"""
            #r "{typeof(GtiNotebooks.Interactive.Notebook).Assembly.Location}"
            Console.WriteLine(typeof(GtiNotebooks.Interactive.Notebook).Assembly.GetName().Name);
            """));

        Assert.Equal((0, LibTorch.Note ?? ""), await RunProcess("notebook", "run", path, "--save", "--html", Path.Combine(sample.Folder, "pages")));
        Assert.Contains("\"GtiNotebooks.Interactive\\n\"", await File.ReadAllTextAsync(path));
        Assert.Contains("<h1", await File.ReadAllTextAsync(Path.Combine(sample.Folder, "pages", "run.html")));
        Assert.Equal(["run.html", "run.ipynb"], Directory.GetFiles(sample.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task The_text_of_a_cell_tagged_as_result_is_printed()
    {
        var path = Path.Combine(sample.Folder, "tagged.ipynb");
        var json = Sample.Json(("code", "Console.WriteLine(\"unseen\");"), ("code", "\"the table\""));
        var second = json.LastIndexOf("\"metadata\":{},\"outputs\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, json.Remove(second, 13).Insert(second, "\"metadata\":{\"tags\":[\"result\"]}"));
        using var output = new StringWriter();

        Assert.Equal("\nthe table\n", await new NotebookJob(path, Save: false, HtmlFolder: null).RunAsync(output, CancellationToken.None));
    }

    [Fact]
    public async Task A_failing_cell_leaves_the_file_alone()
    {
        var path = sample.Write("bad.ipynb", ("code", "Console.WriteLine(1);"), ("code", "throw new Exception(\"broken\");"));
        var before = await File.ReadAllTextAsync(path);

        var (exitCode, error) = await RunProcess("notebook", "run", path, "--save", "--html", Path.Combine(sample.Folder, "pages"));

        Assert.Equal(1, exitCode);
        Assert.Contains("bad.ipynb: code cell 2: Exception: broken", error);
        Assert.DoesNotContain("   at ", error);
        Assert.Equal(before, await File.ReadAllTextAsync(path));
        Assert.False(Directory.Exists(Path.Combine(sample.Folder, "pages")));
    }

    private static async Task<(int ExitCode, string Output, string Error)> Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var exitCode = await GtiProgram.RunAsync(args, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    private static async Task<(int ExitCode, string Error)> RunProcess(params string[] args)
    {
        var start = new ProcessStartInfo(ChildProcess.Dotnet, [typeof(GtiProgram).Assembly.Location, .. args]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error.Trim());
    }
}
