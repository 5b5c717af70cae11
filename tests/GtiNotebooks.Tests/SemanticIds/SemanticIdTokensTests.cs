using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.SemanticIds;

public class SemanticIdTokensTests
{
    private static readonly Tokenizer Bytes = ByteLevelBpeTrainer.Train(["some words to learn"], 260, ["<|endoftext|>"]);
    private static readonly SemanticIdMap Map = SemanticIdMap.FromCodes([[10, 2], [9, 2], [10, 0], [9, 2]]);

    [Fact]
    public void CodesAndTokensArePairedByNameWhateverTheirOrder()
    {
        // As LC-Rec adds them: sorted as texts, so that <a_10> comes before <a_9>; and one that no item uses.
        var tokenizer = Bytes.WithAddedTokens(["<a_10>", "<a_9>", "<b_0>", "<b_1>", "<b_2>"]);
        var first = Bytes.VocabularySize;

        var tokens = SemanticIdTokens.Of(Map, tokenizer);

        Assert.Equal([first + 1, first, first + 2, first + 4], tokens.TokenIds); // <a_9>, <a_10>, <b_0>, <b_2>
        Assert.Equal([first, first + 4], tokens.IdsOf(0));
        Assert.True(tokens.TryGetCode(first + 1, out var code));
        Assert.Equal(new CodeToken(0, 9), code);
        Assert.False(tokens.TryGetCode(first + 3, out _));
        Assert.False(tokens.TryGetCode(0, out _));
        Assert.Equal(Map, tokens.Map);
        for (var item = 0; item < Map.ItemCount; item++)
            Assert.Equal(tokens.IdsOf(item), tokenizer.Encode(Map.TextOf(item)));
    }

    [Fact]
    public void GeneratedTokensLeadToItems()
    {
        var tokenizer = Bytes.WithAddedTokens(Map.Tokens.Select(token => token.Text));
        var tokens = SemanticIdTokens.Of(Map, tokenizer);

        Assert.Equal([1, 3], tokens.ItemsOf(tokenizer.Encode("<a_9><b_2>")));
        Assert.Equal([2], tokens.ItemsOf(tokens.IdsOf(2)));
        Assert.Empty(tokens.ItemsOf(tokenizer.Encode("<a_9><b_0>"))); // well formed, but no item's
        Assert.Empty(tokens.ItemsOf(tokenizer.Encode("<a_9>")));
        Assert.Empty(tokens.ItemsOf(tokenizer.Encode("<b_2><a_9>")));
        Assert.Empty(tokens.ItemsOf([0, 1]));
        Assert.Empty(tokens.ItemsOf([]));
    }

    [Fact]
    public void ATokenizerWithoutTheTokensIsRefused()
    {
        var message = Assert.Throws<ArgumentException>(() => SemanticIdTokens.Of(Map, Bytes.WithAddedTokens(["<a_9>"]))).Message;
        Assert.Contains("lacks 3 of the 4 codes' tokens: <a_10>, <b_0>, <b_2>.", message);
    }
}
