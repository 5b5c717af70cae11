using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data.Readers;

public sealed class PythonLiteralTests
{
    // The right sides were printed by json.dumps(ast.literal_eval(text)) of Python 3 (which writes 1e3 as 1000.0, and bytes not at all).
    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("['a', \"it's\", 'say \"x\"', 'it\\'s']", """["a","it's","say \"x\"","it's"]""")]
    [InlineData("[1, -2, 3.5, 1e3, True, False, None]", "[1,-2,3.5,1000,true,false,null]")]
    [InlineData("(1, ('x',), [])", """[1,["x"],[]]""")]
    [InlineData("{'a': [1, 2,], 'b': {'c': ()}, 3: 'x'}", """{"a":[1,2],"b":{"c":[]},"3":"x"}""")]
    [InlineData(@"['\n\t\\ \x41 \u00e5 \U0001F600 \101 \q']", """["\n\t\\ A å 😀 A \\q"]""")]
    [InlineData(" [ u'a' , b'b' ] ", """["a","b"]""")]
    public void Reads_what_Python_prints(string text, string json) =>
        Assert.Equal(json, PythonLiteral.Parse(text)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace("\\uD83D\\uDE00", "😀"));

    [Theory]
    [InlineData("[1, 2", "the text ends too early (at character 5)")]
    [InlineData("['a' 'b']", "']' is missing (at character 5)")]
    [InlineData("[1] x", "something follows the value (at character 4)")]
    [InlineData("['it's']", "']' is missing (at character 5)")]
    [InlineData("__import__('os')", "'__import__' is no value (at character 0)")]
    [InlineData("", "the text ends too early (at character 0)")]
    [InlineData(@"['\x4']", "an escape needs 2 hex digits (at character 4)")]
    public void Refuses_anything_else_and_says_where(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => PythonLiteral.Parse(text)).Message);

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Contains("nested too deeply", Assert.Throws<FormatException>(() => PythonLiteral.Parse(new string('[', 100_000))).Message);

    /// <summary>Any text either reads or is a <see cref="FormatException"/>: nothing else escapes.</summary>
    [Fact]
    public void No_text_breaks_the_parser() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>(),
        text =>
        {
            foreach (var candidate in new[] { text ?? "", $"['{text}']", $"{{'k': \"{text}\"}}", $"['a', {text}]" })
            {
                try
                {
                    PythonLiteral.Parse(candidate);
                }
                catch (FormatException)
                {
                }
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("['a', 'b']", 0, "a", "b")]
    [InlineData("", 0)]
    [InlineData("[]", 0)]
    [InlineData("no list", 0, "no list")]
    [InlineData("['it's good', \"5\" wide\"]", 1, "it's good", "5\" wide")]
    [InlineData("['it's\\n new', '']", 1, "it's\n new", "")]
    public void Lists_with_broken_quotes_are_split_and_counted(string text, int malformed, params string[] expected)
    {
        var defects = new ImportTally();
        Assert.Equal(expected, PythonStrings.Parse(text, defects));
        Assert.Equal(malformed, defects.ToList().Sum(count => count.Count));
    }
}
