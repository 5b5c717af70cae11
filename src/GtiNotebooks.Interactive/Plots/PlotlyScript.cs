using System.Text.RegularExpressions;

namespace GtiNotebooks.Interactive;

/// <summary>
/// Where plotly.js comes from, and how it gets into a page exactly once, without a network.
/// </summary>
/// <remarks>
/// <para>Setup puts npm's <c>plotly.js-cartesian-dist-min</c> at <c>artifacts/plotly/plotly.min.js</c>; publishing copies it beside
/// GtiNotebooks.Interactive.dll. The script is over a megabyte, so a saved notebook must not hold it. The agreement between the parts:</para>
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
    /// <summary>Name of the file beside the dll.</summary>
    public const string FileName = "plotly.min.js";

    /// <summary>Start tag of the marked element; followed by the script and <c>&lt;/script&gt;</c>.</summary>
    public const string StartTag = "<script data-gti=\"plotly\">";

    private const string EndTag = "</script>";

    /// <summary>The path of plotly.js: beside this dll, or at <c>artifacts/plotly/</c> in a folder above it; null when setup has not run.</summary>
    public static string? FindFile() => FindFile(Path.GetDirectoryName(typeof(PlotlyScript).Assembly.Location) is { Length: > 0 } folder
        ? folder
        : AppContext.BaseDirectory);

    /// <summary>The same, seen from another folder.</summary>
    /// <param name="folder">Where to begin.</param>
    public static string? FindFile(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var beside = Path.Combine(folder, FileName);
        if (File.Exists(beside)) return beside;
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            var built = Path.Combine(above.FullName, "artifacts", "plotly", FileName);
            if (File.Exists(built)) return built;
        }
        return null;
    }

    /// <summary>The marked script element with plotly.js in it.</summary>
    /// <exception cref="FileNotFoundException">plotly.js is not there; setup brings it.</exception>
    public static string Element() => Element(FindFile()
        ?? throw new FileNotFoundException($"{FileName} is missing: run ./gti setup, which puts it at artifacts/plotly/{FileName}."));

    /// <summary>The marked script element with a given plotly.js in it.</summary>
    /// <param name="file">Path of the script.</param>
    public static string Element(string file)
    {
        // plotly.js offers itself to AMD and CommonJS first, and Jupyter's classic page has an AMD loader: hidden from it here, so that it
        // always becomes window.Plotly. "</script" inside a string of the script would end the element.
        var script = EndTagInScript().Replace(File.ReadAllText(file), "<\\/script");
        return $"{StartTag}if(!window.Plotly)(function(define,module,exports){{{script}\n}}).call(window);{EndTag}";
    }

    [GeneratedRegex("</script", RegexOptions.IgnoreCase)]
    private static partial Regex EndTagInScript();
}
