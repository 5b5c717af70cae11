using System.CommandLine;
using GtiNotebooks.Data;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>results</c>: makes the tables of README.md and docs/results.md anew from the committed records.</summary>
public static class ResultsVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var pages = new Argument<string[]>("pages")
        {
            Description = "Markdown pages with <!-- study: ... --> comments (default: README.md and docs/results.md of this checkout).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var studies = new Option<string?>("--studies") { Description = "Folder of the studies (default: studies of this checkout).", HelpName = "DIR" };
        var command = new Command("results", "Fill the tables of the results pages from study records.") { pages, studies };
        command.SetAction(parsed => Fill(
            parsed.GetValue(pages) is { Length: > 0 } named ? named : DefaultPages(), parsed.GetValue(studies) ?? Repository.Find().Studies,
            parsed.InvocationConfiguration.Output));
        return command;
    }

    private static string[] DefaultPages()
    {
        var root = Repository.Find().Root;
        return [Path.Combine(root, "README.md"), Path.Combine(root, "docs", "results.md")];
    }

    private static int Fill(IReadOnlyList<string> pages, string studies, TextWriter output)
    {
        foreach (var page in pages)
        {
            var filled = ResultsPage.Fill(page, studies);
            var isChanged = filled != File.ReadAllText(page);
            if (isChanged)
                AtomicFile.WriteAllText(page, filled);
            output.WriteLine($"{(isChanged ? "wrote" : "unchanged")} {page}");
        }

        return 0;
    }
}
