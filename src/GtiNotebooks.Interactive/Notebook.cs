using System.Net;
using System.Reflection;
using GtiNotebooks.Torch;

namespace GtiNotebooks.Interactive;

/// <summary>What a notebook's setup cell calls.</summary>
public static class Notebook
{
    /// <summary>
    /// Makes charts draw without a network: its result, as the last expression of the setup cell, brings plotly.js into the page once (see
    /// <see cref="PlotlyScript"/>), and Plotly.NET's own charts are shown by it too, instead of through the address on the network that
    /// Plotly.NET.Interactive would use. Data frames (Microsoft.Data.Analysis) are shown as <see cref="Tables.Frame"/> shows
    /// them, records and lists of records of these libraries as <see cref="Tables.Record"/> and <see cref="Tables.Records{T}(string, IEnumerable{T}, int)"/> do. It loads
    /// LibTorch too, so call it before the first use of <c>torch</c>. Calling it again does no harm.
    /// </summary>
    /// <returns>What the cell shows.</returns>
    /// <exception cref="DllNotFoundException">LibTorch cannot be loaded; see <see cref="LibTorch.Load"/>.</exception>
    /// <exception cref="InvalidOperationException"><c>torch</c> was used before and failed.</exception>
    public static NotebookStart Start()
    {
        KernelFormatters.TryRegister();
        LibTorch.Load();
        return new NotebookStart(LibTorch.Note);
    }
}

/// <summary>The setup cell's output: plotly.js, unseen, a line that says what is there, and <see cref="LibTorch.Note"/> where there is one.</summary>
[TypeFormatterSource(typeof(ViewFormatterSource))]
public sealed class NotebookStart : IView
{
    private readonly string? note;

    internal NotebookStart(string? note) => this.note = note;

    /// <inheritdoc/>
    public string ToHtml() => string.Join("\n", ToPlainText().Split('\n').Select(line => $"<p>{WebUtility.HtmlEncode(line)}</p>").Prepend(PlotlyScript.Element()));

    /// <inheritdoc/>
    public string ToPlainText()
    {
        var version = typeof(NotebookStart).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        var charts = $"GtiNotebooks {version}. Charts draw with plotly.js from this page; no network is needed.";
        return note is null ? charts : $"{charts}\n{note}";
    }
}
