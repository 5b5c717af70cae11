using System.Text.Json;
using System.Text.Json.Nodes;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>A chart as a notebook shows it: drawn by plotly.js from the page, with a line of text that says the same.</summary>
[TypeFormatterSource(typeof(ViewFormatterSource))]
public sealed class ChartView : IView
{
    private const int DefaultHeightPixels = 420;

    /// <summary>Shows a chart.</summary>
    /// <param name="chart">A Plotly.NET chart. What it does not say about its looks, <see cref="Theme"/> says.</param>
    /// <param name="description">One line with the numbers that matter, for readers without the picture.</param>
    public ChartView(GenericChart chart, string description)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        (Chart, Description) = (chart, description);
    }

    /// <summary>The Plotly.NET chart, to change or to save it.</summary>
    public GenericChart Chart { get; }

    /// <summary>One line with the numbers that matter.</summary>
    public string Description { get; }

    /// <summary>What the figure gets beside the chart and the theme; null for nothing.</summary>
    internal Action<JsonObject>? Finish { private get; init; }

    /// <summary>The whole figure as JSON: <c>data</c>, <c>layout</c> (with the theme) and <c>config</c>, as <c>Plotly.newPlot</c> takes them.</summary>
    public string ToJson() => ThemedFigure().ToJsonString(JsonOptions);

    /// <inheritdoc/>
    public string ToHtml()
    {
        var figure = ThemedFigure();
        return ChartHtml.Of(figure.ToJsonString(JsonOptions), Height(figure), Description);
    }

    /// <inheritdoc/>
    public string ToPlainText() => Description;

    /// <inheritdoc/>
    public override string ToString() => Description;

    private static JsonSerializerOptions JsonOptions { get; } = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private JsonObject ThemedFigure()
    {
        var figure = JsonNode.Parse(GenericChart.toJson(Chart))!.AsObject();
        Theme.ApplyTo(figure);
        Finish?.Invoke(figure);
        return figure;
    }

    private static int Height(JsonObject figure) => figure["layout"]?["height"]?.GetValue<int>() ?? DefaultHeightPixels;
}
