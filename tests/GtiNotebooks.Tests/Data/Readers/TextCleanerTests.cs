using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data.Readers;

public sealed class TextCleanerTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("x < 5 and y > 3", "x < 5 and y > 3")]
    [InlineData("x &lt; 5", "x < 5")]
    [InlineData("<5 mm> fit", "<5 mm> fit")]
    [InlineData("a<b and c>d", "a<b and c>d")]
    [InlineData("AT&T, R&D", "AT&T, R&D")]
    [InlineData("Pipe &amp;amp; Clamp", "Pipe & Clamp")]
    [InlineData("Kids&#39; 3/4&quot; &eacute;&#xe9;", "Kids' 3/4\" éé")]
    [InlineData("don&#146;t &#150; 5 &#128;", "don’t – 5 €")]
    [InlineData("<b>Bold</b>, <i>light</i>", "Bold, light")]
    [InlineData("one<br/>two<BR>three<p>four</p>five", "one two three four five")]
    [InlineData("H<sub>2</sub>O", "H2O")]
    [InlineData("<a href=\"http://x/?a>b\" target=_blank class='c'>link</a>", "link")]
    [InlineData("&lt;li&gt;point", "point")]
    [InlineData("a<script type=\"text/javascript\">if (a < b) { x(); }</script>b<!-- <b> -->c", "a b c")]
    [InlineData("<input type=checkbox checked>yes", "yes")]
    [InlineData("  two\t\r\n  words\u00a0here \u3000", "two words here")]
    [InlineData("so\u00adft\u200bly\ufeff \u0007bell", "softly bell")]
    [InlineData("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469")]
    [InlineData("blåbær & rød grøt", "blåbær & rød grøt")]
    [InlineData("", "")]
    [InlineData("<br>", "")]
    public void Makes_plain_text(string text, string expected)
    {
        var cleaner = new TextCleaner(new ImportTally());
        Assert.Equal(expected, cleaner.Clean(text));
        // What is clean stays as it is.
        Assert.Equal(expected, cleaner.Clean(expected));
    }

    [Fact]
    public void Counts_each_text_once_for_each_fault()
    {
        var defects = new ImportTally();
        var cleaner = new TextCleaner(defects);
        cleaner.Clean("&amp;&amp;<b>x</b><b>y</b>");
        cleaner.Clean("&amp;lt;");
        cleaner.Clean("\ufffd\ufffd\u0001");
        cleaner.Clean("clean");
        Assert.Equal(
            ["2 texts with HTML entities", "1 texts with HTML tags", "1 texts with entities encoded twice", "1 texts with control or invisible characters",
                "1 texts with characters lost to a wrong encoding (U+FFFD, kept)"],
            defects.ToList().Select(count => count.ToString()));
    }
}
