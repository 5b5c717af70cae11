using System.Net;
using System.Reflection;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>What a notebook's setup cell calls.</summary>
public static class Notebook
{
    /// <summary>
    /// Makes charts draw without a network: its result, as the last expression of the setup cell, brings plotly.js into the page once (see
    /// <see cref="PlotlyScript"/>), and Plotly.NET's own charts are shown by it too, instead of through the address on the network that
    /// Plotly.NET.Interactive would use. Calling it again does no harm.
    /// </summary>
    /// <returns>What the cell shows.</returns>
    public static NotebookStart Start()
    {
        GenericChartFormatter.TryRegister();
        return new NotebookStart(PlotlyScript.FindFile());
    }
}

/// <summary>The setup cell's output: plotly.js, unseen, and a line that says what is there.</summary>
[TypeFormatterSource(typeof(ViewFormatterSource))]
public sealed class NotebookStart : IView
{
    private readonly string? _plotlyFile;

    internal NotebookStart(string? plotlyFile) => _plotlyFile = plotlyFile;

    /// <inheritdoc/>
    public string ToHtml() =>
        (_plotlyFile is null ? "" : PlotlyScript.Element(_plotlyFile) + "\n") + $"<p>{WebUtility.HtmlEncode(ToPlainText())}</p>";

    /// <inheritdoc/>
    public string ToPlainText()
    {
        var version = typeof(NotebookStart).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        return _plotlyFile is null
            ? $"GtiNotebooks {version}. plotly.js is missing, so charts show as text: run ./gti tutorial once, then start the kernel again."
            : $"GtiNotebooks {version}. Charts draw with plotly.js from this page; no network is needed.";
    }
}

/// <summary>Shows Plotly.NET charts that a cell returns as they are.</summary>
internal static class GenericChartFormatter
{
    /// <summary>Registers with .NET Interactive where that is present.</summary>
    /// <returns>Whether it is.</returns>
    public static bool TryRegister()
    {
        try
        {
            Register();
            return true;
        }
        catch (FileNotFoundException)
        {
            // Not in a notebook: the formatting library is the kernel's, we do not bring it.
            return false;
        }
    }

    // Apart, because the runtime looks for the library when this method is compiled, and the caller catches that.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Register()
    {
        Microsoft.DotNet.Interactive.Formatting.Formatter.Register<GenericChart>(
            (chart, writer) => writer.Write(ChartHtml.Of(GenericChart.toJson(chart), heightPixels: 420, "A Plotly chart.")),
            ViewFormatterSource.Html);
        Microsoft.DotNet.Interactive.Formatting.Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), ViewFormatterSource.Html);
    }
}
