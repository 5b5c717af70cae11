using System.CommandLine;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>notebook run</c>: executes notebooks without an editor.</summary>
public static class NotebookVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create() => new("notebook", "Work with notebooks.") { CreateRun() };

    private static Command CreateRun()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Notebooks (.ipynb) to run, in this order.", Arity = ArgumentArity.OneOrMore };
        var html = new Option<string?>("--html") { Description = "Also write one self-contained HTML page a notebook into this folder.", HelpName = "DIR" };
        var save = new Option<bool>("--save") { Description = "Store the outputs in the .ipynb." };
        var command = new Command("run", "Execute notebooks.") { paths, html, save };
        command.SetAction((parsed, cancellationToken) =>
            Task.FromResult(0));
        return command;
    }
}
