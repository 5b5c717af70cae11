using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

public sealed class EnglishTests
{
    [Theory]
    [InlineData("screw", "a")]
    [InlineData("awl", "an")]
    [InlineData("hour glass", "an")]
    [InlineData("hammer", "a")]
    [InlineData("utility knife", "a")]
    [InlineData("ukulele", "a")]
    [InlineData("umbrella", "an")]
    [InlineData("unusual clamp", "an")]
    [InlineData("uninsulated wire", "an")]
    [InlineData("LED bulb", "an")]
    [InlineData("USB plug", "a")]
    [InlineData("D-shaped grip", "a")]
    [InlineData("S-shaped hook", "an")]
    [InlineData("8 mm bolt", "an")]
    [InlineData("11 mm nut", "an")]
    [InlineData("12 mm nut", "a")]
    [InlineData("80 grit disc", "an")]
    [InlineData("one-hand clamp", "a")]
    [InlineData("Oskelund drill", "an")]
    public void The_article_follows_the_sound(string next, string article) => Assert.Equal(article, English.Article(next));

    [Theory]
    [InlineData("bolt", "bolts")]
    [InlineData("wrench", "wrenches")]
    [InlineData("box", "boxes")]
    [InlineData("glass", "glasses")]
    [InlineData("battery", "batteries")]
    [InlineData("tray", "trays")]
    [InlineData("pocket knife", "pocket knives")]
    [InlineData("shelf", "shelves")]
    [InlineData("chest of drawers", "chests of drawers")]
    [InlineData("craftsman", "craftsmen")]
    [InlineData("yo-yo", "yo-yos")]
    public void Plurals(string one, string several) => Assert.Equal(several, English.Plural(one));

    [Theory]
    [InlineData("tighten bolts", "tightening bolts")]
    [InlineData("cut and strip wire", "cutting and stripping wire")]
    [InlineData("drive nails", "driving nails")]
    [InlineData("tie a boat", "tying a boat")]
    [InlineData("dye wool", "dyeing wool")]
    [InlineData("mix colours", "mixing colours")]
    [InlineData("free a bolt", "freeing a bolt")]
    [InlineData("see under water", "seeing under water")]
    public void Verbs_with_ing(string verb, string gerund) => Assert.Equal(gerund, English.Gerund(verb));

    [Theory]
    [InlineData("wood glue", "wood glue", "wood glue")]
    [InlineData("scissors", "scissors", "scissors")]
    [InlineData("eye bolt", "an eye bolt", "eye bolts")]
    [InlineData("roll of tape", "a roll of tape", "rolls of tape")]
    [InlineData("lens", "a lens", "lenses")]
    [InlineData("=cable", "a cable", "cables")]
    [InlineData("~felt", "felt", "felt")]
    [InlineData("+dice", "dice", "dice")]
    public void Nouns_count_as_they_should(string text, string one, string several)
    {
        var noun = Noun.Parse(text);
        Assert.Equal((one, several), (noun.One, noun.Several));
    }

    [Fact]
    public void Capitals_start_sentences_and_headlines()
    {
        Assert.Equal("One is 2.5 mm. Is it? No.", English.Sentences("one is 2.5 mm. is it? no."));
        Assert.Equal("Box of Nails with a Lid", English.Headline("box of nails with a lid"));
    }
}
