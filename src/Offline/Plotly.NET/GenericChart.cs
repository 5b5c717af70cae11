using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Plotly.NET;

public abstract class GenericChart
{
    internal GenericChart(IReadOnlyList<JsonBag> traces, JsonBag layout, JsonBag config) =>
        (Traces, LayoutBag, ConfigBag) = (traces, layout, config);

    internal IReadOnlyList<JsonBag> Traces { get; }

    internal JsonBag LayoutBag { get; }

    internal JsonBag ConfigBag { get; }

    public static string toJson(GenericChart gChart)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonBag.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("data");
            foreach (var trace in gChart.Traces) trace.Write(writer);
            writer.WriteEndArray();
            writer.WritePropertyName("layout");
            gChart.LayoutBag.Write(writer);
            writer.WritePropertyName("config");
            gChart.ConfigBag.Write(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static GenericChart combine(IEnumerable<GenericChart> gCharts) =>
        gCharts.Aggregate((a, b) => new SimpleChart(
            [.. a.Traces, .. b.Traces], JsonBag.Combine(a.LayoutBag, b.LayoutBag), JsonBag.Combine(a.ConfigBag, b.ConfigBag)));

    public static int countTrace(GenericChart gChart) => gChart.Traces.Count;

    /// <summary>With the package's defaults or bare. The default template, which only changes the looks, is left out.</summary>
    internal static GenericChart Of(JsonBag trace, bool useDefaults)
    {
        var (layout, config) = (new JsonBag(), new JsonBag());
        if (useDefaults)
        {
            layout.Set("width", 600);
            layout.Set("height", 600);
            config.Set("responsive", true);
        }
        return new SimpleChart([trace], layout, config);
    }

    internal GenericChart AddLayout(string name, object value)
    {
        var layout = new JsonBag();
        layout.Set(name, value);
        return new SimpleChart(Traces, JsonBag.Combine(LayoutBag, layout), ConfigBag);
    }

    internal GenericChart AddToTraces(Action<JsonBag> change) =>
        new SimpleChart([.. Traces.Select(trace => { var copy = trace.Copy(); change(copy); return copy; })], LayoutBag, ConfigBag);

    /// <summary>The real package has two cases, one trace or several; here a list holds both.</summary>
    private sealed class SimpleChart(IReadOnlyList<JsonBag> traces, JsonBag layout, JsonBag config)
        : GenericChart(traces, layout, config);
}
