using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

public class PromptEncoderTests
{
    private static readonly Tokenizer Tokenizer = ByteLevelBpeTrainer
        .Train(["a red dress for a red evening", "the red dress is a dress"], 290, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
        .WithAddedTokens(["<a_1>", "<b_2>", "<a_3>"]);

    private static PromptEncoder Encoder(int title = 30, int description = 30, int prompt = 100, ChatFormat? format = null) =>
        new(Tokenizer, PromptTemplates.Default, format ?? ChatFormat.Plain, new PromptLimits(title, description, prompt));

    [Fact]
    public void The_answer_starts_where_it_says_and_ends_with_the_end_token()
    {
        var toId = Encoder().Grounding(GroundingKind.TitleToId, "red dress", "", "<a_1><b_2>");
        Assert.Equal("<a_1><b_2><|endoftext|>", Tokenizer.Decode(toId.Ids[toId.AnswerStart..]));
        Assert.Equal("The item called red dress is", Tokenizer.Decode(toId.Ids[..toId.AnswerStart]));
        var toText = Encoder().Grounding(GroundingKind.IdToTitle, "red dress", "", "<a_1><b_2>");
        Assert.Equal(" red dress<|endoftext|>", Tokenizer.Decode(toText.Ids[toText.AnswerStart..]));
    }

    [Fact]
    public void Only_titles_and_descriptions_are_shortened()
    {
        var encoded = Encoder(title: 2, description: 3).Grounding(GroundingKind.IdToTitleAndDescription, " red dress for ever", " red red red red red", "<a_1><b_2>");
        Assert.Contains("<a_1><b_2>", Tokenizer.Decode(encoded.Ids[..encoded.AnswerStart]));
        Assert.Equal("  red dress.  red red red<|endoftext|>", Tokenizer.Decode(encoded.Ids[encoded.AnswerStart..]));
        Assert.Contains("the limit is 10", Assert.Throws<ArgumentException>(() => Encoder(prompt: 10).NextItem(1, ["<a_1>", "<a_3>"], "<a_3>")).Message);
    }

    [Fact]
    public void A_query_is_the_prompt_without_the_answer()
    {
        var whole = Encoder().NextItem(0, ["<a_1>", "<a_3>"], "<a_3>");
        Assert.Equal(whole.Ids[..whole.AnswerStart], Encoder().NextItemQuery(0, ["<a_1>", "<a_3>"]));
    }

    [Theory]
    [InlineData("red dress ", 9)]
    [InlineData("<a_1> ", 3)] // nothing but the spaces is left, however long
    [InlineData("\u65E5\u672C", 7)] // no space to cut at
    public void A_long_text_is_cut_where_its_whole_encoding_is(string part, int tokens)
    {
        var text = string.Concat(Enumerable.Repeat(part, 200));
        var plain = Tokenizer.Encode(text.Replace("<a_1>", "")).Take(tokens);
        Assert.Equal(Tokenizer.Decode(plain).TrimEnd('\uFFFD').TrimEnd(), Encoder().Shorten(text, tokens));
    }

    [Fact]
    public void A_character_is_not_torn()
    {
        Assert.Equal("", Encoder().Shorten("\u65E5\u672C", 2));
        Assert.Equal("\u65E5", Encoder().Shorten("\u65E5\u672C", 4));
        Assert.Equal("\u65E5\u672C", Encoder().Shorten("\u65E5\u672C", 6));
    }

    [Fact]
    public void A_title_cannot_pass_for_an_id_or_an_end()
    {
        Assert.Equal("x y", Encoder().Shorten("x<a_1> y<|endoftext|>", 30));
        Assert.Equal("x", Encoder().Shorten("x<a<a_1>_1>", 30));
    }

    [Fact]
    public void Chat_turns_frame_prompt_and_answer()
    {
        var encoded = Encoder(format: ChatFormat.ChatMl("Be brief.")).Grounding(GroundingKind.IdToTitle, "red dress", "", "<a_1>");
        Assert.Equal("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nThe item<a_1> is called<|im_end|>\n<|im_start|>assistant\n", Tokenizer.Decode(encoded.Ids[..encoded.AnswerStart]));
        Assert.Equal("red dress<|im_end|>", Tokenizer.Decode(encoded.Ids[encoded.AnswerStart..]));
    }

    [Fact]
    public void Bad_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Encoder(title: 0));
        Assert.Contains("'<end>'", Assert.Throws<ArgumentException>(() => Encoder(format: ChatFormat.Plain with { EndToken = "<end>" })).Message);
    }
}
