using System.Diagnostics;
using System.Globalization;
using GtiNotebooks.Host.Pages;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>One notebook to run, and where its outputs go.</summary>
/// <param name="NotebookPath">The .ipynb file.</param>
/// <param name="Save">Whether to store the outputs in it.</param>
/// <param name="HtmlFolder">Folder for its page, or null.</param>
public sealed record NotebookJob(string NotebookPath, bool Save, string? HtmlFolder)
{
    /// <summary>The path of the page that the job writes, or null.</summary>
    public string? PagePath => HtmlFolder is null ? null : Path.Combine(HtmlFolder, Path.GetFileNameWithoutExtension(NotebookPath) + ".html");

    /// <summary>Runs the notebook, stores and writes, and prints the processor time that the run took; when a cell fails nothing is stored or written.</summary>
    /// <param name="output">Where progress goes.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <param name="timeLeft">As <see cref="NotebookProgress"/> takes it.</param>
    /// <returns>The text of cells tagged as result.</returns>
    /// <exception cref="NotebookFailedException">A cell failed.</exception>
    /// <exception cref="InvalidDataException">The file is no notebook that can be run.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public async Task<string> RunAsync(TextWriter output, CancellationToken cancellationToken, Func<double, string>? timeLeft = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        var notebook = NotebookDocument.Load(NotebookPath);
        output.WriteLine(Path.GetRelativePath(Environment.CurrentDirectory, NotebookPath));
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        using var progress = new NotebookProgress(output, timeLeft);
        var executed = await NotebookRunner.RunAsync(notebook, progress, cancellationToken);
        watch.Stop();
        // What the notebook's variables held is mostly LibTorch's memory, of which the collector knows nothing: the next notebook would run beside it.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  processor time {(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.0} s"));
        if (Save)
            (await ChartPictures.ReplaceChartsAsync(executed, output, cancellationToken)).WithOutputs(PlotlyElement.Strip).WithSeconds(watch.Elapsed.TotalSeconds).Save();
        if (PagePath is { } page)
        {
            Directory.CreateDirectory(HtmlFolder!);
            WholeFile.Write(page, NotebookPage.Render(executed));
        }
        var results = executed.Cells.Where(cell => cell.Tags.Contains(NotebookCell.ResultTag));
        return string.Concat(results.SelectMany(cell => cell.Outputs).Select(result => $"\n{PlainText(result).TrimEnd('\n')}\n"));
    }

    private static string PlainText(CellOutput output) => output switch
    {
        StreamOutput stream => stream.Text,
        DisplayOutput display => display.Data.GetValueOrDefault("text/plain") ?? "",
        _ => "",
    };
}
