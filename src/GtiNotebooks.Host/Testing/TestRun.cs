using System.Diagnostics;

namespace GtiNotebooks.Host.Testing;

/// <summary>Runs the repository's test projects one after another.</summary>
/// <param name="Repository">The checkout.</param>
/// <param name="Configuration">Build configuration, for example <c>Release</c>.</param>
/// <param name="Filter">Expression for <c>dotnet test --filter</c>, or null for all tests.</param>
public sealed record TestRun(Repository Repository, string Configuration, string? Filter)
{
    /// <summary>How long a run says nothing at most.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(8);

    /// <summary>How much tests do that can do much.</summary>
    public TestExtent Extent { get; init; } = TestExtent.Ordinary;

    /// <summary>The test projects in the order they run.</summary>
    /// <returns>Full paths of project files.</returns>
    public IReadOnlyList<string> Projects() =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)];

    /// <summary>Builds and runs every project, each into its own result file, and adds the results up.</summary>
    /// <param name="output">Where progress goes.</param>
    /// <param name="cancellationToken">Ends the running tests.</param>
    /// <returns>The totals; a project that leaves no result (it does not build, or it crashed) counts as one failure.</returns>
    public async Task<TestTotals> ExecuteAsync(TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        var folder = Directory.CreateTempSubdirectory("gti-test-");
        try
        {
            var totals = TestTotals.None;
            foreach (var project in Projects())
            {
                output.WriteLine($"== {Path.GetFileNameWithoutExtension(project)}");
                totals += await ExecuteAsync(project, folder.FullName, output, cancellationToken);
            }
            if (Extent == TestExtent.Long)
                TestCounts.Print(Counts(folder.FullName), output);
            return totals.WithSkipNotes(Notes(folder.FullName), output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Notes(string folder) => Path.Combine(folder, "skipped.txt");

    private static string Counts(string folder) => Path.Combine(folder, "counts.txt");

    private async Task<TestTotals> ExecuteAsync(string project, string folder, TextWriter output, CancellationToken cancellationToken)
    {
        var result = Path.Combine(folder, Path.GetFileNameWithoutExtension(project) + ".trx");
        string[] filter = Filter is null ? [] : ["--filter", Filter];
        var (passed, clock) = (0, Stopwatch.StartNew());
        using var ticker = new Timer(_ => output.WriteLine($"  {(passed == 0 ? "building" : $"{passed} passed")}, {clock.Elapsed:m\\:ss}"), null, Pause, Pause);
        var exitCode = await ChildProcess.RunAsync(
            ChildProcess.Dotnet,
            ["test", project, "-c", Configuration, "--nologo", "-v", "quiet", "--logger", $"trx;LogFileName={result}", "--logger", "console;verbosity=normal", .. filter],
            Repository.Root, Show, cancellationToken, ("GTI_SKIPPED_TESTS", Notes(folder)),
            ("GTI_TEST_COUNTS", Counts(folder)), ("GTI_LONG_TESTS", Extent == TestExtent.Long ? "1" : "0"));
        ticker.Change(Timeout.Infinite, Timeout.Infinite);
        if (!File.Exists(result))
        {
            if (exitCode == 0 && Filter is not null)
                return TestTotals.None;
            output.WriteLine($"{Path.GetFileNameWithoutExtension(project)} left no test result (exit code {exitCode}); counted as a failure");
            return TestTotals.None with { Failed = 1 };
        }
        var totals = TestTotals.OfFile(result);
        if (Filter is null && totals == TestTotals.None)
        {
            output.WriteLine($"{Path.GetFileNameWithoutExtension(project)} ran no test; counted as a failure");
            return totals with { Failed = 1 };
        }
        return exitCode != 0 && totals.Failed == 0 ? totals with { Failed = 1 } : totals;

        // One line a passed test would hide the others, as would FsCheck's.
        void Show(string line)
        {
            if (line.StartsWith("  Passed ", StringComparison.Ordinal)) passed++;
            else if (!line.StartsWith("Ok, passed ", StringComparison.Ordinal)) output.WriteLine(line);
        }
    }
}
