using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

public class TokenizerTests
{
    private static readonly Tokenizer Small = TokenizerJson.Load(TokenizerJson.Build(["l o", "lo w", "e r", "Ġ low", "Ġlow er"], ["<|end|>", "<a_1>", "<a_12>"]));

    [Theory]
    [InlineData("low", new[] { 257 })]
    [InlineData("lower", new[] { 257, 258 })] // "low"+"er" is no merge; only " low"+"er" is
    [InlineData(" lower", new[] { 260 })]
    [InlineData("loo", new[] { 256, 'o' })]
    [InlineData("", new int[0])]
    [InlineData("a<|end|>low", new[] { 'a', 261, 257 })]
    [InlineData("<a_12><a_1><a_1", new[] { 263, 262, '<', 'a', '_', '1' })] // the longest added token wins
    public void Merges_follow_their_ranks(string text, int[] expected)
    {
        Assert.Equal(expected, Small.Encode(text));
        Assert.Equal(text, Small.Decode(expected));
    }

    [Fact]
    public void The_leftmost_of_equal_pairs_is_merged_first()
    {
        var tokenizer = TokenizerJson.Load(TokenizerJson.Build(["a a", "aa a"]));
        Assert.Equal([257], tokenizer.Encode("aaa"));
        Assert.Equal([256, 256], tokenizer.Encode("aaaa"));
        Assert.Equal([256, 257], tokenizer.Encode("aaaaa"));
    }

    [Fact]
    public void Both_spellings_of_merges_read_the_same()
    {
        var pairs = TokenizerJson.Load(TokenizerJson.Build(["l o", "lo w", "e r", "Ġ low", "Ġlow er"], pairs: true));
        Assert.Equal(Small.Encode("low lower slow"), pairs.Encode("low lower slow"));
    }

    [Fact]
    public void Ids_and_tokens_look_each_other_up()
    {
        Assert.Equal(264, Small.VocabularySize);
        Assert.Equal(260, Small.IdOf("Ġlower"));
        Assert.Equal(263, Small.IdOf("<a_12>"));
        Assert.Equal("<a_12>", Small.TokenOf(263));
        Assert.False(Small.TryGetId("lower", out _));
        Assert.Contains("'lower'", Assert.Throws<KeyNotFoundException>(() => Small.IdOf("lower")).Message);
        Assert.Null(Small.TokenOf(264));
        Assert.Throws<ArgumentOutOfRangeException>(() => Small.Decode([264]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Small.Decode([-1]));
    }

    [Fact]
    public void Added_tokens_extend_a_copy()
    {
        var extended = Small.WithAddedTokens(["<b_1>", "<b_10>"]);
        Assert.Equal([262, 264, 265, 257], extended.Encode("<a_1><b_1><b_10>low"));
        Assert.Equal(266, extended.VocabularySize);
        Assert.Equal(264, Small.VocabularySize);
        Assert.Contains("'<b_1>'", Assert.Throws<ArgumentException>(() => extended.WithAddedTokens(["<b_1>"])).Message);
        Assert.Contains("'<c>'", Assert.Throws<ArgumentException>(() => extended.WithAddedTokens(["<c>", "<c>"])).Message);
        Assert.Throws<ArgumentException>(() => extended.WithAddedTokens([""]));
        Assert.Throws<ArgumentException>(() => extended.WithAddedTokens(["low"]));
    }

    [Fact]
    public void Decomposed_text_is_composed_when_the_file_asks_for_it()
    {
        var json = TokenizerJson.Build([]);
        Assert.Equal("cafe\u0301", TokenizerJson.Load(json).Decode(TokenizerJson.Load(json).Encode("cafe\u0301")));
        json["normalizer"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "NFC" };
        var composing = TokenizerJson.Load(json);
        Assert.Equal(Encoding.UTF8.GetBytes("caf\u00E9").Length, composing.Encode("cafe\u0301").Length);
        Assert.Equal("caf\u00E9 \uD55C", composing.Decode(composing.Encode("cafe\u0301 \u1112\u1161\u11ab")));
    }

    [Fact]
    public void Letters_beyond_the_basic_plane_count_as_letters()
    {
        // Mathematical bold "ab" is two letters: one piece with the space before, so the merge across both letters applies.
        var bold = "\U0001D41A\U0001D41B";
        var spelt = Encoding.UTF8.GetBytes(" " + bold).Select(b => TokenizerJson.Load(TokenizerJson.Build([])).TokenOf(b)!).ToArray();
        var merges = new List<string>();
        for (var i = 1; i < spelt.Length; i++) merges.Add(string.Concat(spelt[..i]) + " " + spelt[i]);
        var tokenizer = TokenizerJson.Load(TokenizerJson.Build([.. merges]));
        Assert.Single(tokenizer.Encode(" " + bold));
        // A sign between them does cut: "?" is neither letter nor digit.
        Assert.Equal(2 + 4, tokenizer.Encode(" \U0001D41A?\U0001D41B").Length);
    }

    [Fact]
    public void A_prefix_space_is_added_where_the_file_asks_for_it()
    {
        var tokenizer = TokenizerJson.Load(TokenizerJson.Build(["l o", "lo w", "Ġ low"], preTokenizer: """{"type":"ByteLevel","add_prefix_space":true}"""));
        Assert.Equal([258], tokenizer.Encode("low"));
        Assert.Equal([258], tokenizer.Encode(" low"));
    }

    [Fact]
    public void Digits_are_cut_where_the_file_asks_for_it()
    {
        var tokenizer = TokenizerJson.Load(TokenizerJson.Build(["1 2"], preTokenizer:
            """{"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":true},{"type":"ByteLevel","use_regex":true}]}"""));
        Assert.Equal(['1', '2'], tokenizer.Encode("12"));
    }

    [Fact]
    public void Whole_pieces_skip_the_merges_where_the_file_asks_for_it()
    {
        var json = TokenizerJson.Build(["a b", "c d", "ab cd", "b c"]);
        json["model"]!["vocab"]!["abc"] = 260; // reachable by no merge
        Assert.Equal([256, 'c'], TokenizerJson.Load(json).Encode("abc"));
        json["model"]!["ignore_merges"] = true;
        Assert.Equal([260], TokenizerJson.Load(json).Encode("abc"));
        var path = Path.GetTempFileName();
        TokenizerJson.Load(json).Save(path);
        Assert.Equal([260], Tokenizer.Load(path).Encode("abc"));
        File.Delete(path);
    }

    [Fact]
    public void Any_text_comes_back()
    {
        Prop.ForAll(Texts.Any, text => Small.Decode(Small.Encode(text)) == text).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void One_endless_word_does_not_stall()
    {
        var ids = Small.Encode(new string('l', 300_000) + "ow");
        Assert.Equal(300_000, ids.Length); // only the last "l", "o" and "w" meet
        Assert.Equal(257, ids[^1]);
    }

    [Fact]
    public void A_lone_surrogate_counts_as_the_replacement_character() => Assert.Equal("a\uFFFDb", Small.Decode(Small.Encode("a\uD83Db")));
}
