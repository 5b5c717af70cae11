using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>Runs a notebook's code cells, top to bottom, in a fresh kernel.</summary>
public static partial class NotebookRunner
{
    /// <summary>Runs a notebook. The current folder is the notebook's while it runs, as in Jupyter.</summary>
    /// <param name="notebook">What to run.</param>
    /// <param name="progress">Hears of every cell.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>The notebook with its outputs; nothing is written to disk.</returns>
    /// <exception cref="NotebookFailedException">A cell did not compile or threw.</exception>
    /// <exception cref="InvalidDataException">A cell references another build of the library than this program has.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static async Task<NotebookDocument> RunAsync(
        NotebookDocument notebook, INotebookProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(progress);
        RequireThisBuild(notebook);
        var folder = Environment.CurrentDirectory;
        Environment.CurrentDirectory = Path.GetDirectoryName(notebook.Path)!;
        try
        {
            using var kernel = new CSharpKernel().UseKernelHelpers();
            return notebook.WithRuns(await RunCells(kernel, notebook, progress, cancellationToken));
        }
        finally
        {
            Environment.CurrentDirectory = folder;
        }
    }

    // This program has loaded its own library, and .NET would quietly take that one for every other of the same name.
    private static void RequireThisBuild(NotebookDocument notebook)
    {
        foreach (var path in notebook.Cells.Where(cell => cell.IsRunnable).SelectMany(cell => LibraryReference().Matches(cell.Source)).Select(match => match.Groups[1].Value))
            if (Path.GetFullPath(path, Path.GetDirectoryName(notebook.Path)!) != Path.Combine(AppContext.BaseDirectory, Path.GetFileName(path)))
                throw new InvalidDataException(
                    $"{notebook.Path}: '{path}' is not this program's own library, which is in {AppContext.BaseDirectory}: run the notebook with the program beside that file " +
                    "(./gti notebook run, or: dotnet build src/GtiNotebooks.Host -c Release -o artifacts/host, then dotnet artifacts/host/GtiNotebooks.Host.dll notebook run)");
    }

    private static async Task<IReadOnlyList<CellRun?>> RunCells(
        CSharpKernel kernel, NotebookDocument notebook, INotebookProgress progress, CancellationToken cancellationToken)
    {
        var collector = new OutputCollector();
        var total = notebook.Cells.Count(cell => cell.IsRunnable);
        var finished = new List<(OutputCollector.CellOutputs Outputs, TimeSpan Duration)?>();
        var number = 0;
        foreach (var cell in notebook.Cells)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!cell.IsRunnable)
            {
                finished.Add(null);
                continue;
            }
            progress.Started(++number, total);
            var watch = Stopwatch.StartNew();
            var outputs = collector.StartCell(number);
            await RunCell(kernel, notebook.Path, number, cell.Source, outputs, cancellationToken);
            progress.Finished(number, total, watch.Elapsed);
            finished.Add((outputs, watch.Elapsed));
        }
        // Only now: a later cell may have updated an earlier cell's display.
        var count = 0;
        return [.. finished.Select(run => run is { } r ? new CellRun(++count, r.Outputs.ToList(), r.Duration) : null)];
    }

    private static async Task RunCell(
        CSharpKernel kernel, string path, int number, string code, OutputCollector.CellOutputs outputs, CancellationToken cancellationToken)
    {
        var result = await kernel.SendAsync(new SubmitCode(code), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var happened in result.Events)
            outputs.Add(happened);
        if (result.Events.OfType<CommandFailed>().FirstOrDefault() is { } failed)
            throw CellFailure.Describe(path, number, failed);
    }

    [GeneratedRegex("^\\s*#r\\s+\"([^\"]*GtiNotebooks[.\\w]*\\.dll)\"", RegexOptions.Multiline)]
    private static partial Regex LibraryReference();
}
