using System.CommandLine;
using GtiNotebooks.Host.Verbs;

namespace GtiNotebooks.Host;

/// <summary>The <c>gti</c> program: finds the verb, runs it, and turns a user's mistake into one clear line.</summary>
public static class GtiProgram
{
    /// <summary>Exit code of a run that the user cancelled (128 + SIGINT, as shells report it).</summary>
    public const int Cancelled = 130;

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The verb and its arguments.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where errors go.</param>
    /// <param name="cancellationToken">Cancels the verb; Ctrl-C does so too.</param>
    /// <returns>0 on success, 1 on an error, <see cref="Cancelled"/> when cancelled.</returns>
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        var verbose = new Option<bool>("--verbose") { Description = "Show the stack trace of an error.", Recursive = true };
        var parsed = GtiCommand.Create(verbose).Parse(args);
        var surroundings = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            // A training step or a notebook cell ends before it looks at its token.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        try
        {
            return await parsed.InvokeAsync(surroundings, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            error.WriteLine();
            error.WriteLine("gti: cancelled");
            return Cancelled;
        }
        catch (Exception e)
        {
            error.WriteLine(parsed.GetValue(verbose) ? e.ToString() : UserMessage.Of(e));
            return 1;
        }
    }
}
