namespace GtiNotebooks.Interactive.Tests.Plots;

public sealed class ThemeTests
{
    [Fact]
    public void Methods_have_colours_of_their_own_whatever_the_case()
    {
        string[] methods = ["mean", "random", "gti", "mean-equal-cost", "lc-rec", "description-mean", "gti+align", "mean+align"];
        Assert.Equal(methods.Length, methods.Select(method => Theme.ColourOf(method)).Distinct().Count());
        Assert.Equal(Theme.ColourOf("GTI"), Theme.ColourOf("gti"));
        Assert.Equal("#0072B2", Theme.ColourOf("mean"));
    }

    [Fact]
    public void A_method_that_no_one_knows_keeps_its_colour()
    {
        Assert.Equal(Theme.ColourOf("Zeta"), Theme.ColourOf("zeta"));
        Assert.Matches("^#[0-9A-F]{6}$", Theme.ColourOf("zeta"));
        Assert.Equal("solid", Theme.DashOf("zeta"));
        Assert.Equal(MethodPalette.All.Count, Theme.OrderOf("zeta"));
    }

    [Fact]
    public void A_method_looks_the_same_under_its_other_name()
    {
        Assert.Equal(Theme.ColourOf("mean-multitask-equal-total"), Theme.ColourOf("LC-Rec"));
        Assert.Equal(Theme.DashOf("gti-aligned"), Theme.DashOf("gti+align"));
        Assert.Equal(Theme.OrderOf("mean-aligned"), Theme.OrderOf("mean+align"));
    }

    public static TheoryData<string> Visions => [.. ColourVision.Kinds];

    [Theory]
    [MemberData(nameof(Visions))]
    public void Methods_of_one_dash_are_told_apart_in_every_vision(string vision)
    {
        foreach (var group in MethodPalette.All.GroupBy(look => look.Dash))
        {
            var looks = group.ToArray();
            for (var i = 0; i < looks.Length; i++)
                for (var j = 0; j < i; j++)
                    Assert.True(
                        ColourVision.Distance(looks[i].Colour, looks[j].Colour, vision) >= 15,
                        $"{looks[i].Name} and {looks[j].Name} look alike to {vision} vision");
        }
    }

    [Theory]
    [MemberData(nameof(Visions))]
    public void Learners_levels_and_groups_are_told_apart_in_every_vision(string vision)
    {
        string[][] palettes =
        [
            [Theme.ColourOfLearner("RQ-VAE"), Theme.ColourOfLearner("residual k-means")],
            [.. Enumerable.Range(0, 4).Select(Theme.ColourOfLevel)],
            [.. Enumerable.Range(0, Theme.GroupColours + 1).Select(Theme.ColourOfGroup)],
        ];
        foreach (var palette in palettes)
            for (var i = 0; i < palette.Length; i++)
                for (var j = 0; j < i; j++)
                    Assert.True(ColourVision.Distance(palette[i], palette[j], vision) >= 15, $"{palette[i]} and {palette[j]} look alike to {vision} vision");
    }

    [Fact]
    public void All_methods_are_seen_on_white() =>
        Assert.All(MethodPalette.All, look => Assert.True(ColourVision.Distance(look.Colour, "#FFFFFF", "normal") > 25, look.Name));

    [Fact]
    public void Bands_are_the_colour_with_an_opacity()
    {
        Assert.Equal("rgba(0, 114, 178, 0.15)", Theme.ColourOf("mean", 0.15));
        Assert.Throws<ArgumentOutOfRangeException>(() => Theme.ColourOf("mean", 1.5));
    }

    [Fact]
    public void Learners_and_levels_have_colours_that_no_method_has()
    {
        string[] methods = ["mean", "random", "gti", "mean-equal-cost", "lc-rec", "description-mean", "gti+align", "mean+align"];
        string[] others = [Theme.ColourOfLearner("RQ-VAE"), Theme.ColourOfLearner("residual k-means"), .. Enumerable.Range(0, 4).Select(Theme.ColourOfLevel)];
        Assert.Equal(others.Length, others.Distinct().Count());
        Assert.Empty(others.Intersect(methods.Select(method => Theme.ColourOf(method))));
        Assert.Empty(others.Intersect(MethodPalette.All.Select(look => look.Colour)));
        Assert.Equal(Theme.ColourOfLearner("rq-vae"), Theme.ColourOfLearner("RQ-VAE"));
        Assert.Equal(Theme.ColourOfLevel(0), Theme.ColourOfLevel(4));
    }
}
