using System.Text.Json.Nodes;

namespace GtiNotebooks.Interactive;

/// <summary>How all charts look: one palette, one type, thin grids. Colours and dashes together are told apart by colour-blind readers too.</summary>
public static class Theme
{
    /// <summary>Ways to learn codes, apart from the methods' colours: two of Tol's muted scheme ("Colour Schemes", 2021), one dark, one light.</summary>
    private static readonly (string Learner, string Colour)[] Learners = [("RQ-VAE", "#332288"), ("residual k-means", "#999933")];

    /// <summary>The levels of an ID, dark to light (ColorBrewer's RdPu): in order, and told apart in grey too.</summary>
    private static readonly string[] Levels = ["#49006A", "#C51B8A", "#F768A1", "#FBB4B9"];

    /// <summary>Groups of points on a map, largest first: Tol's bright scheme without its grey, which the rest gets; the
    /// green is yellower than his, further from the blue for those who do not see blue.</summary>
    private static readonly string[] Groups = ["#4477AA", "#EE6677", "#5E8217", "#CCBB44", "#66CCEE", "#AA3377"];

    /// <summary>How many groups of a map have colours of their own.</summary>
    internal static int GroupColours => Groups.Length;

    /// <summary>What has no colour of its own.</summary>
    internal const string Rest = "#BBBBBB";

    private const double MostDecadesWithDigits = 2.5;

    private const double MostDecadesWithAllDigits = 1;

    /// <summary>The colour of a method: the same in every chart and table, whatever else is drawn.</summary>
    /// <param name="method">The method's name in the records, such as "gti".</param>
    /// <returns>A web colour, "#RRGGBB".</returns>
    public static string ColourOf(string method)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        return MethodPalette.Of(method).Colour;
    }

    /// <summary>The dash of a method's lines, so that they differ in print too: "solid", "dash", "dot", "dashdot" or "longdash".</summary>
    /// <param name="method">The method's name in the records.</param>
    public static string DashOf(string method)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        return MethodPalette.Of(method).Dash;
    }

    /// <summary>The hatching of a method's columns, which goes with the dash of its lines; empty where that is solid.</summary>
    internal static string HatchOf(string method) => DashOf(method) switch
    {
        "dash" => "/",
        "dot" => ".",
        "dashdot" => "x",
        "longdash" => "-",
        _ => "",
    };

    /// <summary>The colour of a way to learn Semantic IDs; one that is not known has a colour as an unknown method has.</summary>
    /// <param name="learner">Such as "RQ-VAE" or "residual k-means"; the letters' case does not matter.</param>
    /// <returns>A web colour, "#RRGGBB".</returns>
    public static string ColourOfLearner(string learner)
    {
        var known = Array.FindIndex(Learners, entry => string.Equals(entry.Learner, learner, StringComparison.OrdinalIgnoreCase));
        return known >= 0 ? Learners[known].Colour : ColourOf(learner);
    }

    /// <summary>The colour of a level of Semantic IDs; after the fourth they begin again.</summary>
    /// <param name="level">From 0.</param>
    /// <returns>A web colour, "#RRGGBB".</returns>
    public static string ColourOfLevel(int level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        return Levels[level % Levels.Length];
    }

    /// <summary>The colour of a map's group by its place, largest first.</summary>
    internal static string ColourOfGroup(int place) => place < Groups.Length ? Groups[place] : Rest;

    /// <summary>The place of a method among others: the usual practice first, as in the tables; unknown methods last.</summary>
    internal static int OrderOf(string method) => MethodPalette.OrderOf(method);

    /// <summary>The colour of a method with an opacity, for bands.</summary>
    /// <param name="method">The method's name in the records.</param>
    /// <param name="opacity">In [0, 1].</param>
    /// <returns>A web colour, "rgba(r, g, b, a)".</returns>
    public static string ColourOf(string method, double opacity) => WithOpacity(ColourOf(method), opacity);

    /// <summary>A colour "#RRGGBB" with an opacity in [0, 1].</summary>
    internal static string WithOpacity(string colour, double opacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(opacity, 1);
        var bytes = Convert.FromHexString(colour.AsSpan(1));
        return FormattableString.Invariant($"rgba({bytes[0]}, {bytes[1]}, {bytes[2]}, {opacity:0.##})");
    }

    /// <summary>Adds the theme to a figure that has none. Plotly's template gives way to whatever the chart itself says.</summary>
    internal static void ApplyTo(JsonObject figure)
    {
        var layout = ObjectAt(figure, "layout");
        layout.TryAdd("template", JsonNode.Parse(Template));
        foreach (var letter in new[] { "x", "y" })
            if (layout[letter + "axis"] is JsonObject axis && (string?)axis["type"] == "log") ApplyLogTicks(axis, figure, letter);
        if (!layout.ContainsKey("width")) layout.TryAdd("autosize", true);
        var config = ObjectAt(figure, "config");
        config.TryAdd("responsive", true);
        config.TryAdd("displaylogo", false);
    }

    /// <summary>Labels of a logarithmic axis: along x all digits within a decade; 1, 2, 5 in each where there are few; else the decades alone. Plotly's own
    /// choice writes all nine digits over each other, and between powers of ten a lone 2 or 5.</summary>
    private static void ApplyLogTicks(JsonObject axis, JsonObject figure, string letter)
    {
        var places = figure["data"]!.AsArray().SelectMany(trace => trace![letter] as JsonArray ?? [])
            .Select(value => value!.GetValue<double>()).Where(value => value > 0).DefaultIfEmpty(1).ToArray();
        var decades = Math.Log10(places.Max() / places.Min());
        var few = decades <= MostDecadesWithDigits;
        axis.TryAdd("dtick", letter == "x" && decades <= MostDecadesWithAllDigits ? "D1" : few ? "D2" : 1);
        // 20k, 50k, 100k of what is counted along x; 0.2, 0.5, 1 upwards.
        if (letter == "x") axis.TryAdd("tickformat", "~s");
        else if (few) axis.TryAdd("tickformat", "~g");
    }

    /// <summary>An object within an object of a figure, made where it is missing.</summary>
    internal static JsonObject ObjectAt(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child) parent[name] = child = new JsonObject();
        return child;
    }

    private const string Template = """
        {
          "data": {
            "scatter": [ { "marker": { "size": 8 } } ],
            "heatmap": [ { "hovertemplate": "%{y} and %{x}: %{z:.3f}" } ]
          },
          "layout": {
            "font": { "family": "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif", "size": 13, "color": "#222222" },
            "title": { "x": 0, "xref": "paper", "xanchor": "left", "font": { "size": 16 } },
            "paper_bgcolor": "#ffffff",
            "plot_bgcolor": "#ffffff",
            "margin": { "l": 64, "r": 24, "t": 68, "b": 56 },
            "height": 420,
            "hovermode": "closest",
            "hoverlabel": { "align": "left" },
            "bargap": 0.25,
            "bargroupgap": 0.08,
            "legend": { "orientation": "h", "xref": "paper", "x": 0, "yref": "container", "y": 0.01, "yanchor": "bottom" },
            "xaxis": { "automargin": true, "title": { "font": { "size": 13 } }, "gridcolor": "#e8e8e8", "linecolor": "#888888", "showline": true, "exponentformat": "power", "ticks": "outside", "tickcolor": "#888888", "zeroline": false },
            "yaxis": { "automargin": true, "title": { "font": { "size": 13 } }, "gridcolor": "#e8e8e8", "linecolor": "#888888", "showline": true, "exponentformat": "power", "ticks": "outside", "tickcolor": "#888888", "zeroline": false }
          }
        }
        """;
}
