using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Vocabulary;

public class VocabularyExtensionTests
{
    private static readonly SemanticIdMap Ids = SemanticIdMap.FromCodes([[0, 1], [2, 1], [2, 0]]);

    [Fact]
    public void NewTokensGetIdsBehindTheTokenizersEvenInsideSpareRows()
    {
        var tokenizer = ByteLevelBpeTrainer.Train(["some words to learn"], 260, ["<|endoftext|>"]);
        var spare = tokenizer.VocabularySize + 3;
        var model = new CausalLM(new ModelConfig(spare, 8, 12, 1, 2, 1, 4, 1e-6, 10_000, 64, tokenizer.IdOf("<|endoftext|>")));
        model.InitialiseWeights(0);
        using var pretrained = new PretrainedModel(model, tokenizer);

        var extension = VocabularyExtension.Apply(pretrained, Ids, new MeanInitialiser(), seed: 0);

        Assert.Equal(["<a_0>", "<a_2>", "<b_0>", "<b_1>"], Ids.Tokens.Select(t => t.Text));
        Assert.Equal(Enumerable.Range(tokenizer.VocabularySize, 4), extension.TokenIds);
        Assert.Equal([spare + 1, spare + 3], extension.ColumnsOf(1));
        Assert.Equal(extension.TokenIds[1], extension.Tokenizer.Encode("<a_2>").Single());
        using var scope = NewDisposeScope();
        var used = model.Embedding.Text.detach().narrow(0, 0, tokenizer.VocabularySize); // spare rows do not count
        Assert.True(model.Embedding.New.detach().allclose(used.mean([0], keepdim: true).expand(4, 8)));
        Assert.Throws<ArgumentException>(() => VocabularyExtension.Apply(new PretrainedModel(model, extension.Tokenizer), Ids, new MeanInitialiser(), 0));
    }

    [Fact]
    public void ASeparateHeadGetsTheMeanOfItsOwnRows()
    {
        var tokenizer = ByteLevelBpeTrainer.Train(["some words to learn"], 260, ["<|endoftext|>"]);
        var config = new ModelConfig(tokenizer.VocabularySize + 3, 8, 12, 1, 2, 1, 4, 1e-6, 10_000, 64, tokenizer.IdOf("<|endoftext|>"));
        var model = new CausalLM(config with { Family = ModelFamily.Qwen2, TiedHead = false });
        model.InitialiseWeights(0);
        using var pretrained = new PretrainedModel(model, tokenizer);

        VocabularyExtension.Apply(pretrained, Ids, new MeanInitialiser(), seed: 0);

        using var scope = NewDisposeScope();
        Tensor Mean(Tensor table) => table.detach().narrow(0, 0, tokenizer.VocabularySize).mean([0], keepdim: true).expand(4, 8);
        Assert.True(model.Embedding.New.detach().allclose(Mean(model.Embedding.Text)));
        Assert.True(model.Head!.New.detach().allclose(Mean(model.Head.Text)));
        Assert.False(model.Head.New.detach().allclose(model.Embedding.New.detach()));
    }

    [Fact]
    public void RandomRowsHaveTheSpreadOfTheTextRowsAndFollowTheSeed()
    {
        using var scope = NewDisposeScope();
        using var textGenerator = new Generator(1);
        var text = randn(500, 64, generator: textGenerator) * 0.3 + 0.1;
        Tensor Draw(ulong seed)
        {
            using var generator = new Generator(seed);
            return new RandomInitialiser().Initialise(text, 2000, generator);
        }

        var rows = Draw(7);

        Assert.Equal([2000, 64], rows.shape);
        Assert.Equal(text.std(unbiased: false).ToDouble(), rows.std().ToDouble(), 0.005);
        Assert.Equal(0, rows.mean().ToDouble(), 0.005);
        Assert.True(rows.Equals(Draw(7)));
        Assert.False(rows.Equals(Draw(8)));
    }
}
