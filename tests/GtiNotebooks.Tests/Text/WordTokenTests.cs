using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

public class WordTokenTests
{
    [Fact]
    public void OnlyWholeWordsOfFourLettersCount()
    {
        var text = string.Concat(Enumerable.Repeat(" lion Apple cat four caf\u00E9s a1b2 four lion", 5));
        var tokenizer = ByteLevelBpeTrainer.Train([text, text], 330, ["<|endoftext|>"]).WithAddedTokens(["\u0120added"]);
        Assert.True(tokenizer.TryGetId("\u0120Apple", out _)); // the vocabulary has capitals and short words, too
        Assert.True(tokenizer.TryGetId("\u0120cat", out _));

        var words = WordToken.AllOf(tokenizer);

        Assert.Equal(["four", "lion"], words.Select(token => token.Word));
        Assert.All(words, token => Assert.Equal([token.Id], tokenizer.Encode(" " + token.Word)));
    }
}
