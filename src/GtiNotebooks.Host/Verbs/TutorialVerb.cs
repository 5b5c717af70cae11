using System.CommandLine;
using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>tutorial</c>: publishes the library for notebooks, runs the course and writes its pages.</summary>
public static class TutorialVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var save = new Option<bool>("--save") { Description = "Also store the outputs in the notebooks." };
        var command = new Command("tutorial", "Run the notebooks; ends with the result table and the paths of their pages.") { save };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            Repository.Find(), parsed.GetValue(save), parsed.GetValue<bool>("--verbose"), parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Repository repository, bool save, bool verbose, TextWriter output, CancellationToken cancellationToken)
    {
        var jobs = Jobs(repository, save, verbose);
        await new NotebookLibrary(repository).PublishAsync(output, cancellationToken);
        foreach (var job in jobs)
            if (await NotebookProcess.StartAsync(job, cancellationToken) is not 0 and var exitCode)
                return exitCode;
        output.WriteLine();
        output.WriteLine("pages, to be opened in a browser (no network needed):");
        foreach (var job in jobs)
            output.WriteLine($"  {Path.GetRelativePath(Environment.CurrentDirectory, job.PagePath!)}");
        return 0;
    }

    // The course is numbered, so names give its order.
    private static List<NotebookJob> Jobs(Repository repository, bool save, bool verbose)
    {
        string[] notebooks = Directory.Exists(repository.Notebooks) ? Directory.GetFiles(repository.Notebooks, "*.ipynb") : [];
        return notebooks.Length > 0
            ? [.. notebooks.Order(StringComparer.Ordinal).Select(path => new NotebookJob(path, save, repository.Pages, verbose))]
            : throw new FileNotFoundException($"no notebook in '{repository.Notebooks}'");
    }
}
