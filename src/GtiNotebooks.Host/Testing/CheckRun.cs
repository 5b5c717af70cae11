using System.Diagnostics;

namespace GtiNotebooks.Host.Testing;

/// <summary>Runs the scripts under <c>eng/checks</c>: the product used as a new user would use it, such as on a bare system.</summary>
/// <param name="Folder">The folder of the scripts.</param>
/// <param name="Pattern">Which of them.</param>
public sealed record CheckRun(string Folder, string Pattern = "*.sh")
{
    /// <summary>The checks that belong to every whole test run: the notebooks in Jupyter's kernel.</summary>
    public const string Kernel = "kernel*.sh";

    private const int Skipped = 77;

    /// <summary>The checks of a checkout.</summary>
    /// <param name="repository">The checkout.</param>
    /// <param name="pattern">Which of them.</param>
    public static CheckRun Of(Repository repository, string pattern = "*.sh")
    {
        ArgumentNullException.ThrowIfNull(repository);
        return new CheckRun(Path.Combine(repository.Root, "eng", "checks"), pattern);
    }

    /// <summary>Runs the scripts, in the order of their names.</summary>
    /// <param name="output">Where their names and results go; what they print goes to the terminal.</param>
    /// <param name="cancellationToken">Ends the running script.</param>
    /// <returns>One test a script: passed with exit code 0, skipped with 77 (this machine cannot do it), else failed.</returns>
    public async Task<TestTotals> ExecuteAsync(TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        var totals = TestTotals.None;
        foreach (var script in Directory.GetFiles(Folder, Pattern).Order(StringComparer.Ordinal))
        {
            output.WriteLine($"== {Path.GetFileName(script)}");
            var clock = Stopwatch.StartNew();
            using var ticker = new Timer(_ => output.WriteLine($"  {Path.GetFileName(script)}, {clock.Elapsed:m\\:ss}"), null, TestRun.Pause, TestRun.Pause);
            var exitCode = await ChildProcess.RunAsync("bash", [script], Folder, cancellationToken);
            totals += exitCode switch
            {
                0 => new TestTotals(1, 0, 0),
                Skipped => new TestTotals(0, 0, 1),
                _ => new TestTotals(0, 1, 0),
            };
            if (exitCode is not (0 or Skipped))
                output.WriteLine($"{Path.GetFileName(script)} failed (exit code {exitCode})");
        }
        return totals;
    }
}
