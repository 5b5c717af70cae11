using System.Runtime.CompilerServices;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>How types that are no views look when a cell returns them: Plotly.NET's charts, drawn without a network, data frames, and records.</summary>
internal static class KernelFormatters
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
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Register()
    {
        Formatter.Register<GenericChart>(
            (chart, writer) => writer.Write(ChartHtml.Of(GenericChart.toJson(chart), heightPixels: 420, "A Plotly chart.")), ViewFormatterSource.Html);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), ViewFormatterSource.Html);
        Formatter.Register<DataFrame>((frame, writer) => writer.Write(View(frame).ToHtml()), ViewFormatterSource.Html);
        Formatter.Register<DataFrame>((frame, writer) => writer.Write(View(frame).ToPlainText()), ViewFormatterSource.PlainText);
        Formatter.SetPreferredMimeTypesFor(typeof(DataFrame), ViewFormatterSource.Html, ViewFormatterSource.PlainText);
        RecordFormatters.Register();
    }

    private static TableView View(DataFrame frame) => frame.Columns.Count > 0 ? Tables.Frame("Data frame", frame) : new TableView("Data frame", [new("no columns")], []);
}
