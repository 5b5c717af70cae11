namespace GtiNotebooks.Interactive;

/// <summary>How one method is drawn.</summary>
/// <param name="Name">The method's name in the records.</param>
/// <param name="Colour">A web colour, "#RRGGBB".</param>
/// <param name="Dash">Of its lines.</param>
internal sealed record MethodLook(string Name, string Colour, string Dash);

/// <summary>
/// The looks of the methods. A hue is a family: blue starts at the mean, orange at random, vermilion at words of the texts, green grounds, pink trains several
/// tasks, grey knows no language model. The anchor colours are Okabe and Ito's ("Color Universal Design", 2008). Twenty-two colours cannot all be far
/// apart for every reader; those of methods with the same dash are, in each kind of colour vision (a test simulates them).
/// </summary>
internal static class MethodPalette
{
    private const string Dash = "dash", Dot = "dot", DashDot = "dashdot", LongDash = "longdash", Solid = "solid";

    private static readonly MethodLook[] Known =
    [
        new("mean", "#0072B2", Dash),
        new("mean-equal-cost", "#56B4E9", Dash),
        new("mean-covariance", "#003A66", Dot),
        new("mean-noise", "#A3C4E8", Dot),
        new("mean-aligned", "#1F4FD8", DashDot),
        new("mean-lora", "#7A8CFF", LongDash),
        new("mean-multitask-equal-total", "#DC80B4", Dash),
        new("mean-multitask-equal-next-item", "#9B2F7F", DashDot),
        new("random", "#E69F00", Dot),
        new("random-lora", "#9C6500", LongDash),
        new("description-mean", "#D55E00", Dash),
        new("keyword-mean", "#8C3B00", Dot),
        new("codebook-projection", "#FFB59E", DashDot),
        new("gti", "#009E73", Solid),
        new("gti-description-mean", "#00543D", Solid),
        new("gti-multitask", "#4FE0B0", Dash),
        new("gti-aligned", "#3B8F1E", DashDot),
        new("gti-lora", "#8FD14F", LongDash),
        new("popularity", "#A8A8A8", Dot),
        new("recency", "#858585", LongDash),
        new("item-knn", "#595959", DashDot),
        new("sasrec", "#000000", Solid),
    ];

    /// <summary>Names that the literature has for methods above.</summary>
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lc-rec"] = "mean-multitask-equal-total",
        ["gti+align"] = "gti-aligned",
        ["mean+align"] = "mean-aligned",
    };

    private static readonly string[] Unknown = ["#DC80B4", "#858585", "#D55E00", "#000000"];

    /// <summary>All known looks, in the order of tables and legends.</summary>
    public static IReadOnlyList<MethodLook> All => Known;

    /// <summary>The look of a method, which depends on nothing but its name; the letters' case does not matter.</summary>
    public static MethodLook Of(string method)
    {
        var place = OrderOf(method);
        return place < Known.Length ? Known[place] : new MethodLook(method, Unknown[StableHash(method) % Unknown.Length], Solid);
    }

    /// <summary>The place of a method among others; unknown methods last.</summary>
    public static int OrderOf(string method)
    {
        var name = OtherNames.GetValueOrDefault(method, method);
        var place = Array.FindIndex(Known, look => string.Equals(look.Name, name, StringComparison.OrdinalIgnoreCase));
        return place >= 0 ? place : Known.Length;
    }

    // Not string.GetHashCode, which differs from run to run.
    private static int StableHash(string text) => text.ToLowerInvariant().Aggregate(17, (hash, letter) => (hash * 31 + letter) & 0x7fffffff);
}
