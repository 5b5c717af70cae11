using System.Text.Json.Nodes;

namespace GtiNotebooks.Interactive.Tests.Charting;

/// <summary>Reading a chart's figure back.</summary>
internal static class ChartJson
{
    public static JsonArray Data(this ChartView chart) => JsonNode.Parse(chart.ToJson())!["data"]!.AsArray();

    public static JsonNode Layout(this ChartView chart) => JsonNode.Parse(chart.ToJson())!["layout"]!;

    public static JsonNode Named(this JsonArray traces, string name) => traces.Single(trace => (string?)trace!["name"] == name)!;

    public static double[] Numbers(this JsonNode trace, string key) => [.. trace[key]!.AsArray().Select(value => value!.GetValue<double>())];

    public static string[] Texts(this JsonNode trace, string key) => [.. trace[key]!.AsArray().Select(value => value!.GetValue<string>())];
}
