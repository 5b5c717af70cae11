using GtiNotebooks.Data;

namespace GtiNotebooks.Host.Tests.Verbs;

public sealed class ImportVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gti-import-").FullName;

    private string Source => Path.Combine(folder, "source");

    private string Target => Path.Combine(folder, "target");

    public ImportVerbTests()
    {
        Directory.CreateDirectory(Source);
        File.WriteAllText(Path.Combine(Source, "items.jsonl"), """{"item_id":"a","title":"A &amp; B","description":""}""");
        File.WriteAllText(Path.Combine(Source, "interactions.csv"), "user_id,item_id,timestamp\nu,a,1\nu,a,2\nu,a,3\n");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Writes_a_data_folder_and_prints_the_report_that_it_stores()
    {
        var (exitCode, output, error) = await Run("import", "native", Source, "--out", Target);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains(ImportReport.Load(Target).ToString(), output);
        Assert.Equal("A & B", Dataset.Load(Target).Catalogue[0].Title);
    }

    [Fact]
    public async Task Replaces_an_earlier_import_but_nothing_else()
    {
        Assert.Equal(0, (await Run("import", "native", Source, "--out", Target)).ExitCode);
        Assert.Equal(0, (await Run("import", "native", Source, "--out", Target, "--k-core", "3")).ExitCode);
        Assert.Equal(3, ImportReport.Load(Target).Options.KCore);
        File.WriteAllText(Path.Combine(Target, "mine.txt"), "");
        var (exitCode, _, error) = await Run("import", "native", Source, "--out", Target);
        Assert.Equal(1, exitCode);
        Assert.Contains("'mine.txt'", error);
        (exitCode, _, error) = await Run("import", "native", Source, "--out", Source);
        Assert.Equal(1, exitCode);
        Assert.Contains("no earlier import", error);
    }

    [Theory]
    [InlineData("has no option --metadata", "--metadata", "x")]
    [InlineData("No event is left of 3: 3 outside the 4-core", "--k-core", "4")]
    public async Task A_mistake_is_one_line_and_leaves_nothing_behind(string expected, params string[] options)
    {
        var (exitCode, _, error) = await Run(["import", "native", Source, "--out", Target, .. options]);
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, error);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Equal([Source], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task An_unknown_format_is_refused_with_the_list() =>
        Assert.Contains("'native'", string.Concat(await Run("import", "nativ", Source, "--out", Target)));

    [Fact]
    public async Task Cancelling_leaves_nothing_behind()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Equal(GtiProgram.Cancelled, (await Run(cancelled.Token, "import", "native", Source, "--out", Target)).ExitCode);
        Assert.Equal([Source], Directory.GetFileSystemEntries(folder));
    }

    private static Task<(int ExitCode, string Output, string Error)> Run(params string[] args) => Run(CancellationToken.None, args);

    private static async Task<(int ExitCode, string Output, string Error)> Run(CancellationToken cancellation, params string[] args)
    {
        using StringWriter output = new(), error = new();
        var exitCode = await GtiProgram.RunAsync(args, output, error, cancellation);
        return (exitCode, output.ToString(), error.ToString());
    }
}
