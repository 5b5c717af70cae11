using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace GtiNotebooks.Interactive;

/// <summary>The HTML of one chart: a box with the chart's text in it, and a script that puts the drawing there.</summary>
internal static class ChartHtml
{
    /// <summary>Milliseconds that a chart's script waits for plotly.js before it leaves the text standing.</summary>
    private const int PatienceMilliseconds = 20_000;

    /// <param name="figure">Plotly's <c>data</c>, <c>layout</c> and <c>config</c> as one JavaScript object.</param>
    /// <param name="heightPixels">Height of the box.</param>
    /// <param name="description">What stands there while, or where, nothing is drawn.</param>
    public static string Of(string figure, int heightPixels, string description)
    {
        // Named by its content, not by chance: executing a notebook again must not change its saved outputs. Equal charts share a name, so the
        // script draws every box of that name that is not drawn yet.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(figure)))[..16];
        return $$"""
            <div class="gti-chart" data-gti-chart="{{name}}" style="min-height:{{heightPixels}}px;max-width:960px">
            <pre class="gti-chart-text" style="white-space:pre-wrap">{{WebUtility.HtmlEncode(description)}}</pre>
            </div>
            <script>
            (function () {
              var figure = {{Embeddable(figure)}};
              var patience = Date.now() + {{PatienceMilliseconds}};
              (function draw() {
                if (!window.Plotly) { if (Date.now() < patience) setTimeout(draw, 50); return; }
                document.querySelectorAll('[data-gti-chart="{{name}}"]:not([data-drawn])').forEach(function (box) {
                  box.setAttribute('data-drawn', '');
                  box.textContent = '';
                  window.Plotly.newPlot(box, figure.data, figure.layout, figure.config);
                });
              })();
            })();
            </script>
            """;
    }

    /// <summary>JSON inside a script element: "&lt;/script" or "&lt;!--" in a text of it must not end or change the element.</summary>
    private static string Embeddable(string json) => json.Replace("<", "\\u003c");
}
