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
        Assert.Equal(Theme.ColourOf("sasrec"), Theme.ColourOf("sasrec"));
        Assert.Matches("^#[0-9A-F]{6}$", Theme.ColourOf("sasrec"));
    }

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
        Assert.Equal(Theme.ColourOfLearner("rq-vae"), Theme.ColourOfLearner("RQ-VAE"));
        Assert.Equal(Theme.ColourOfLevel(0), Theme.ColourOfLevel(4));
    }
}
