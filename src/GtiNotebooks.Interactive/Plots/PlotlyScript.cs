using System.Text.RegularExpressions;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>
/// Where plotly.js comes from, and how it gets into a page exactly once, without a network.
/// </summary>
/// <remarks>
/// <para>Plotly.NET carries plotly.js. The script is over three megabytes, so a saved notebook must not hold it. The agreement between the parts:</para>
/// <list type="number">
/// <item>The setup cell ends with <see cref="Notebook.Start"/>; its HTML output holds <see cref="Element()"/>: a script element marked
/// <c>data-gti="plotly"</c>. In a live Jupyter or VS Code session this is what makes charts draw.</item>
/// <item>Whoever saves a notebook empties the marked element, from <see cref="StartTag"/> to the next end tag.</item>
/// <item>Whoever writes a page writes the element once, into the page's head, and the outputs with it emptied.</item>
/// <item>A chart's own script waits for <c>window.Plotly</c>, so the order does not matter; where scripts do not run, or plotly.js never
/// comes, the chart's text stays in its place.</item>
/// </list>
/// </remarks>
public static partial class PlotlyScript
{
    /// <summary>Start tag of the marked element; followed by the script and <c>&lt;/script&gt;</c>.</summary>
    public const string StartTag = "<script data-gti=\"plotly\">";

    private const string EndTag = "</script>";

    /// <summary>The marked script element with plotly.js in it.</summary>
    public static string Element() => Element(Script());

    /// <summary>The marked script element with a given script in it.</summary>
    /// <param name="script">What stands in the element.</param>
    internal static string Element(string script) =>
        // plotly.js offers itself to AMD and CommonJS first, and Jupyter's classic page has an AMD loader: hidden from it here, so that it
        // always becomes window.Plotly. "</script" inside a string of the script would end the element.
        $"{StartTag}if(!window.Plotly)(function(define,module,exports){{{EndTagInScript().Replace(script, "<\\/script")}\n}}).call(window);{EndTag}";

    private static string Script()
    {
        var library = typeof(GenericChart).Assembly;
        using var reader = new StreamReader(library.GetManifestResourceStream(library.GetManifestResourceNames().Single(name => name.EndsWith(".min.js", StringComparison.Ordinal)))!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("</script", RegexOptions.IgnoreCase)]
    private static partial Regex EndTagInScript();
}
