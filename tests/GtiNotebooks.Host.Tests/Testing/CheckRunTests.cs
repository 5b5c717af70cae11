using GtiNotebooks.Host.Testing;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Testing;

public sealed class CheckRunTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gti-checks-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Scripts_pass_fail_or_say_that_they_cannot_run_here()
    {
        if (OperatingSystem.IsWindows())
        {
            SharedFolder.Skip("no bash");
            return;
        }
        foreach (var (name, body) in new[] { ("a.sh", "true"), ("b.sh", "exit 3"), ("c.sh", "exit 77"), ("d.sh", "[[ $PWD == */gti-checks-* ]]"), ("notes.md", "exit 1") })
            File.WriteAllText(Path.Combine(folder.FullName, name), body + "\n");
        using var output = new StringWriter();

        var totals = await new CheckRun(folder.FullName).ExecuteAsync(output, CancellationToken.None);

        Assert.Equal(new TestTotals(2, 1, 1), totals);
        Assert.Contains("b.sh failed (exit code 3)", output.ToString());
        Assert.Equal(new TestTotals(0, 1, 0), await new CheckRun(folder.FullName, "b*.sh").ExecuteAsync(output, CancellationToken.None));
    }

    [Fact]
    public async Task The_checks_of_this_checkout_are_executable_and_parse()
    {
        if (OperatingSystem.IsWindows())
        {
            SharedFolder.Skip("no bash");
            return;
        }
        var checks = Directory.GetFiles(CheckRun.Of(Repository.Find()).Folder, "*.sh");
        Assert.Contains("quickstart.sh", checks.Select(Path.GetFileName));
        Assert.NotEmpty(Directory.GetFiles(CheckRun.Of(Repository.Find()).Folder, CheckRun.Kernel));
        foreach (var script in checks.Append(Path.Combine(Repository.Find().Root, "eng", "bare-debian.sh")))
        {
            Assert.True(File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute), script);
            Assert.Equal("", (await Packages.Command.RunAsync("bash", ["-n", script])).Error);
        }
    }
}
