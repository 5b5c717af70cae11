namespace GtiNotebooks.Host.Notebooks;

/// <summary>Runs a notebook in a process of its own, which can load the library only from where the notebook says.</summary>
/// <remarks>
/// This program references the library too. In one process the runtime would quietly take that copy for every
/// <c>#r "../artifacts/notebook/..."</c>, so a notebook would compile against one build and run another. The second process
/// starts from a dependency list without it. A crash in native code then also ends one notebook only.
/// </remarks>
internal static class NotebookProcess
{
    /// <summary>First argument of the second process; no verb, so not in the help.</summary>
    public const string Marker = "--run-notebook-here";

    /// <summary>Starts the second process and waits for it.</summary>
    /// <returns>Its exit code: 0, 1 after an error that it has reported, or <see cref="GtiProgram.Cancelled"/>.</returns>
    public static async Task<int> StartAsync(NotebookJob job, CancellationToken cancellationToken)
    {
        var program = typeof(NotebookProcess).Assembly.Location;
        // The runtime looks for the listed files where the list lies.
        var list = Path.ChangeExtension(program, ".notebook.deps.json");
        WholeFile.Write(list, DependencyList.WithoutLibrary(File.ReadAllText(Path.ChangeExtension(program, ".deps.json"))));
        return await ChildProcess.RunAsync(
            ChildProcess.Dotnet,
            ["exec", "--depsfile", list, "--runtimeconfig", Path.ChangeExtension(program, ".runtimeconfig.json"), program, Marker, .. job.ToArguments()],
            Environment.CurrentDirectory, cancellationToken);
    }

    /// <summary>The second process's whole program.</summary>
    public static async Task<int> MainAsync(string[] arguments)
    {
        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            cancellation.Cancel();
        };
        var job = NotebookJob.FromArguments(arguments);
        var error = Console.Error;
        try
        {
            await job.RunAsync(Console.Out, cancellation.Token);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return GtiProgram.Cancelled;
        }
        catch (Exception e)
        {
            error.WriteLine();
            error.WriteLine(job.Verbose ? e.ToString() : UserMessage.Of(e));
            return 1;
        }
    }
}
