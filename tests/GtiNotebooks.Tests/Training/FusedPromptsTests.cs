using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Training;

public sealed class FusedPromptsTests
{
    private static readonly Catalogue Catalogue = new([Item("i0", "cup", "to drink from"), Item("i1", "plate", ""), Item("i2", "knife", "cuts bread")]);
    private static readonly SemanticIdMap Ids = SemanticIdMap.FromCodes([[0, 0], [0, 1], [1, 0]]);
    private static readonly Tokenizer Tokenizer =
        ByteLevelBpeTrainer.Train(["some words to learn"], 260, ["<|endoftext|>"]).WithAddedTokens(Ids.Tokens.Select(token => token.Text));

    [Theory]
    [InlineData(FusedTask.NextTitle, "After<a_0><b_1> the next item is called", " cup")]
    [InlineData(FusedTask.NextDescription, "After<a_0><b_1> the next item is described as", " to drink from")]
    [InlineData(FusedTask.TitlesToId, "After the items called plate, the next item is", "<a_0><b_0>")]
    public void ATaskGivesWhatItSays(FusedTask task, string prompt, string answer) =>
        Assert.Equal([(prompt, answer + "<|endoftext|>")], All([new(0, 1, [1], 0)], task));

    [Fact]
    public void TitlesAreListedInTimeOrderAndShortened() => Assert.Equal(
        [("After the items called cu; pl, the next item is", "<a_1><b_0><|endoftext|>")],
        All([new(0, 2, [0, 1], 2)], FusedTask.TitlesToId, titleTokens: 2));

    [Fact]
    public void ATargetWithoutDescriptionCannotBeDescribed()
    {
        NextItemExample[] pairs = [new(0, 1, [0], 1), new(0, 2, [0, 2], 1), new(0, 1, [1], 2)];

        Assert.Equal(3, Of(pairs, [FusedTask.NextTitle]).Count);
        Assert.Equal(1, Of(pairs, [FusedTask.NextDescription]).Count);
        Assert.Equal(7, Of(pairs, Enum.GetValues<FusedTask>()).Count);
        Assert.Contains("NextDescription", Assert.Throws<ArgumentException>(() => Of(pairs[..2], [FusedTask.NextDescription])).Message);
        Assert.Throws<ArgumentException>(() => Of(pairs, []));
        Assert.Throws<ArgumentException>(() => Of(pairs, [FusedTask.NextTitle, FusedTask.NextTitle]));
    }

    private static Item Item(string id, string title, string description) => new(id, title, description, new Dictionary<string, string>());

    private static FusedPrompts Of(NextItemExample[] pairs, IReadOnlyList<FusedTask> tasks, int titleTokens = 40) =>
        new(Catalogue, pairs, Ids, new PromptEncoder(Tokenizer, PromptTemplates.Default, ChatFormat.Plain, new PromptLimits(titleTokens, 40, 512)), tasks, seed: 0);

    private static (string, string)[] All(NextItemExample[] pairs, FusedTask task, int titleTokens = 40) =>
    [
        .. Of(pairs, [task], titleTokens).Batch(0, pairs.Length).Select(prompt =>
            (Tokenizer.Decode(prompt.Ids[..prompt.AnswerStart]), Tokenizer.Decode(prompt.Ids[prompt.AnswerStart..]))),
    ];
}
