using System.CommandLine;
using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>tutorial</c>: runs the course and writes its pages.</summary>
public static class TutorialVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var save = new Option<bool>("--save") { Description = "Also store the outputs in the notebooks." };
        var command = new Command("tutorial", "Run the notebooks; ends with the result table and the paths of their pages.") { save };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            Repository.Find(), parsed.GetValue(save), parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Repository repository, bool save, TextWriter output, CancellationToken cancellationToken)
    {
        var jobs = Jobs(repository, save);
        var clock = new CourseClock([.. jobs.Select(job => NotebookDocument.Load(job.NotebookPath).Seconds)]);
        var results = "";
        foreach (var (number, job) in jobs.Index())
        {
            output.Write($"notebook {number + 1} of {jobs.Count}{clock.Left(number, 0)}: ");
            results += await job.RunAsync(output, cancellationToken, share => clock.Left(number, share));
            output.WriteLine($"  page: {Path.GetRelativePath(Environment.CurrentDirectory, job.PagePath!)}");
        }
        output.WriteLine(results);
        output.WriteLine("pages, to be opened in a browser (no network needed):");
        foreach (var job in jobs)
            output.WriteLine($"  {Path.GetRelativePath(Environment.CurrentDirectory, job.PagePath!)}");
        return 0;
    }

    // The course is numbered, so names give its order.
    private static List<NotebookJob> Jobs(Repository repository, bool save)
    {
        string[] notebooks = Directory.Exists(repository.Notebooks) ? Directory.GetFiles(repository.Notebooks, "*.ipynb") : [];
        return notebooks.Length > 0
            ? [.. notebooks.Order(StringComparer.Ordinal).Select(path => new NotebookJob(path, save, repository.Pages))]
            : throw new FileNotFoundException($"no notebook in '{repository.Notebooks}'");
    }
}
