using System.Text.Json.Nodes;

namespace GtiNotebooks.Interactive;

/// <summary>Looks that Plotly.NET has no short way to say, written into a figure's JSON as plotly.js reads it.</summary>
internal static class FigureLooks
{
    private const string Divider = "#444444";

    /// <summary>Name of a panel's axis in the layout, such as "xaxis2".</summary>
    public static string Axis(char letter, int panel) => $"{letter}axis{Number(panel)}";

    /// <summary>A colour scale from blue over white to red, fixed at [-1, 1] for every panel.</summary>
    public static void CosineScale(JsonObject figure) => Theme.ObjectAt(figure, "layout")["coloraxis"] = new JsonObject
    {
        ["cmin"] = -1, ["cmax"] = 1, ["showscale"] = true,
        ["colorscale"] = new JsonArray(new JsonArray(0, "#2166AC"), new JsonArray(0.5, "#FFFFFF"), new JsonArray(1, "#B2182B")),
        ["colorbar"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "cosine" } },
    };

    /// <summary>Texts that look like numbers or dates are names all the same.</summary>
    public static void Categories(JsonObject figure, string axis) => Theme.ObjectAt(Theme.ObjectAt(figure, "layout"), axis)["type"] = "category";

    /// <summary>Names at places of an axis, and none elsewhere; categories are numbered from 0.</summary>
    public static void Ticks(JsonObject figure, string axis, IReadOnlyList<double> places, IReadOnlyList<string> names)
    {
        var ticked = Theme.ObjectAt(Theme.ObjectAt(figure, "layout"), axis);
        ticked["tickmode"] = "array";
        ticked["tickvals"] = new JsonArray([.. places.Select(place => JsonValue.Create(place))]);
        ticked["ticktext"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
        ticked["tickangle"] = 0;
        ticked["ticks"] = "";
    }

    /// <summary>Lines through a matrix, down and across, at places of its rows.</summary>
    public static void Divide(JsonObject figure, int panel, IReadOnlyList<double> places, int rows)
    {
        var layout = Theme.ObjectAt(figure, "layout");
        if (layout["shapes"] is not JsonArray shapes) layout["shapes"] = shapes = [];
        foreach (var place in places)
        {
            shapes.Add(Line(panel, place, place, -0.5, rows - 0.5));
            shapes.Add(Line(panel, -0.5, rows - 0.5, place, place));
        }
    }

    /// <summary>A marker's shape for each trace, in their order.</summary>
    public static void Symbols(JsonObject figure, IReadOnlyList<string> symbols)
    {
        foreach (var (index, trace) in figure["data"]!.AsArray().Index()) Theme.ObjectAt(trace!.AsObject(), "marker")["symbol"] = symbols[index];
    }

    /// <summary>What dashes are to lines, hatching is to columns: one a method's dash.</summary>
    public static void HatchByMethod(JsonObject figure)
    {
        foreach (var trace in figure["data"]!.AsArray())
            Theme.ObjectAt(trace!.AsObject(), "marker")["pattern"] = new JsonObject { ["shape"] = Theme.HatchOf((string)trace!["name"]!), ["fillmode"] = "overlay", ["size"] = 7, ["solidity"] = 0.25 };
    }

    private static JsonObject Line(int panel, double x0, double x1, double y0, double y1) => new()
    {
        ["type"] = "line", ["xref"] = $"x{Number(panel)}", ["yref"] = $"y{Number(panel)}",
        ["x0"] = x0, ["x1"] = x1, ["y0"] = y0, ["y1"] = y1,
        ["line"] = new JsonObject { ["color"] = Divider, ["width"] = 1 },
    };

    private static string Number(int panel) => panel == 1 ? "" : FormattableString.Invariant($"{panel}");
}
