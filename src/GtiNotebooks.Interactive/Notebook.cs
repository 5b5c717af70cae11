using System.Net;
using System.Reflection;

namespace GtiNotebooks.Interactive;

/// <summary>What a notebook's setup cell calls.</summary>
public static class Notebook
{
    /// <summary>
    /// Makes charts draw without a network: its result, as the last expression of the setup cell, brings plotly.js into the page once (see
    /// <see cref="PlotlyScript"/>), and Plotly.NET's own charts are shown by it too, instead of through the address on the network that
    /// Plotly.NET.Interactive would use. Data frames (Microsoft.Data.Analysis) are shown as <see cref="Tables.Frame"/> shows
    /// them, records and lists of records of these libraries as <see cref="Tables.Record"/> and <see cref="Tables.Records{T}(string, IEnumerable{T}, int)"/> do. Calling it again does no harm.
    /// </summary>
    /// <returns>What the cell shows.</returns>
    public static NotebookStart Start()
    {
        KernelFormatters.TryRegister();
        return new NotebookStart();
    }
}

/// <summary>The setup cell's output: plotly.js, unseen, and a line that says what is there.</summary>
[TypeFormatterSource(typeof(ViewFormatterSource))]
public sealed class NotebookStart : IView
{
    internal NotebookStart()
    {
    }

    /// <inheritdoc/>
    public string ToHtml() => $"{PlotlyScript.Element()}\n<p>{WebUtility.HtmlEncode(ToPlainText())}</p>";

    /// <inheritdoc/>
    public string ToPlainText()
    {
        var version = typeof(NotebookStart).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        return $"GtiNotebooks {version}. Charts draw with plotly.js from this page; no network is needed.";
    }
}
