using System.CommandLine;
using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>notebook run</c>: executes notebooks without an editor.</summary>
public static class NotebookVerb
{
    /// <summary>What a run says before it begins, and the help too.</summary>
    internal const string Rights = "A notebook is a program: its code runs with your rights, on your files and network. Read a stranger's first.";

    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create() => new("notebook", "Work with notebooks.") { CreateRun() };

    private static Command CreateRun()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Notebooks (.ipynb) to run, in this order.", Arity = ArgumentArity.OneOrMore };
        var html = new Option<string?>("--html") { Description = "Also write one self-contained HTML page a notebook into this folder.", HelpName = "DIR" };
        var save = new Option<bool>("--save") { Description = "Store the outputs in the .ipynb." };
        var command = new Command("run", $"Execute notebooks. {Rights}") { paths, html, save };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            [.. parsed.GetValue(paths)!.Select(path => new NotebookJob(path, parsed.GetValue(save), parsed.GetValue(html)))],
            parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<NotebookJob> jobs, TextWriter output, CancellationToken cancellationToken)
    {
        // Look at every file before the first long run.
        foreach (var job in jobs)
            NotebookDocument.Load(job.NotebookPath);
        output.WriteLine(Rights);
        foreach (var job in jobs)
        {
            output.Write(await job.RunAsync(output, cancellationToken));
            if (job.PagePath is { } page)
                output.WriteLine($"  page: {page}");
        }
        return 0;
    }
}
