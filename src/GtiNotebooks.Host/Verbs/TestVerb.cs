using System.CommandLine;
using GtiNotebooks.Host.Testing;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>test</c>: runs every test project and ends with <c>N passed, N failed</c>.</summary>
public static class TestVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var filter = new Option<string?>("--filter") { Description = "Only tests that match, as in 'dotnet test --filter'.", HelpName = "EXPRESSION" };
        var configuration = new Option<string>("--configuration", "-c")
        {
            Description = "Build configuration.", HelpName = "NAME", DefaultValueFactory = _ => "Release",
        };
        var all = new Option<bool>("--all") { Description = "Run every check under eng/checks too, not only the notebooks in Jupyter: the packages, the quickstart (as CI does)." };
        var isLong = new Option<bool>("--long") { Description = "Try many more damaged files and kill many more processes, and say how many at the end (an hour or more)." };
        var command = new Command("test", "Run all tests.") { filter, configuration, all, isLong, CreateSum() };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new TestRun(Repository.Find(), parsed.GetValue(configuration)!, parsed.GetValue(filter))
            {
                Extent = parsed.GetValue(isLong) ? TestExtent.Long : TestExtent.Ordinary,
            };
            var output = parsed.InvocationConfiguration.Output;
            var totals = await run.ExecuteAsync(output, cancellationToken);
            if (parsed.GetValue(all))
                totals += await CheckRun.Of(run.Repository).ExecuteAsync(output, cancellationToken);
            else if (run.Filter is null)
                totals += await CheckRun.Of(run.Repository, CheckRun.Kernel).ExecuteAsync(output, cancellationToken);
            return Report(totals, parsed);
        });
        return command;
    }

    private static Command CreateSum()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder with the .trx files that test runs left." };
        var command = new Command("sum", "Add up the results of test runs made before.") { folder };
        command.SetAction(parsed => Report(TestTotals.OfFolder(parsed.GetValue(folder)!), parsed));
        return command;
    }

    private static int Report(TestTotals totals, ParseResult parsed)
    {
        parsed.InvocationConfiguration.Output.WriteLine(totals);
        return totals.Succeeded ? 0 : 1;
    }
}
