using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Training;

public sealed class GroundingPromptsTests
{
    private static readonly Catalogue Catalogue = new([.. Enumerable.Range(0, 10).Select(i => new Item($"i{i}", $"thing {i}", i % 2 == 0 ? $"number {i} of ten" : "", new Dictionary<string, string>()))]);
    private static readonly SemanticIdMap Ids = SemanticIdMap.FromCodes([.. Enumerable.Range(0, 10).Select(i => new[] { i / 5, i % 5 })]);
    private static readonly Tokenizer Tokenizer =
        ByteLevelBpeTrainer.Train(["some words to learn"], 260, ["<|endoftext|>"]).WithAddedTokens(Ids.Tokens.Select(token => token.Text));
    private static readonly PromptEncoder Encoder = new(Tokenizer, PromptTemplates.Default, ChatFormat.Plain, new PromptLimits(40, 40, 512));

    [Theory]
    [InlineData(0.5, 4)]
    [InlineData(0.75, 4)]
    [InlineData(0.3, 7)]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    public void TheDirectionsKeepToTheirShare(double share, int batchSize)
    {
        var prompts = new GroundingPrompts(Catalogue, Ids, Encoder, seed: 0, share);
        var counts = Enumerable.Range(0, 50).Select(step => prompts.Batch(step, batchSize).Count(AsksForId)).ToArray();

        Assert.Equal((int)Math.Floor(50 * batchSize * share + 1e-9), counts.Sum());
        Assert.All(counts, count => Assert.InRange(count, Math.Floor(batchSize * share), Math.Ceiling(batchSize * share)));
    }

    [Fact]
    public void EachDirectionGoesThroughAllOfItsPairs()
    {
        var prompts = new GroundingPrompts(Catalogue, Ids, Encoder, seed: 0, textToIdShare: 0.5);
        Assert.Equal(5 * 6 + 5 * 2, prompts.Count); // an item without description has two kinds
        var drawn = Enumerable.Range(0, 10).SelectMany(step => prompts.Batch(step, 4)).Select(prompt => string.Join(' ', prompt.Ids)).ToArray();

        Assert.Equal(40, drawn.Distinct().Count());
    }

    [Fact]
    public void WithoutAShareEveryPairComesOnceInAPass()
    {
        var prompts = new GroundingPrompts(Catalogue, Ids, Encoder, seed: 0);
        var drawn = prompts.Batch(0, 40).Select(prompt => string.Join(' ', prompt.Ids)).ToArray();

        Assert.Equal(40, drawn.Distinct().Count());
        Assert.Equal(drawn, new GroundingPrompts(Catalogue, Ids, Encoder, seed: 0).Batch(0, 40).Select(prompt => string.Join(' ', prompt.Ids)));
    }

    [Fact]
    public void WhatCannotBeDrawnIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroundingPrompts(Catalogue, Ids, Encoder, 0, textToIdShare: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroundingPrompts(Catalogue, Ids, Encoder, 0, textToIdShare: double.NaN));
    }

    private static bool AsksForId(EncodedPrompt prompt) => Tokenizer.Decode(prompt.Ids[prompt.AnswerStart..]).StartsWith("<a_", StringComparison.Ordinal);
}
