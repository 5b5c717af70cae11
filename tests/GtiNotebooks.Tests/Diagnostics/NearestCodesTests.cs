using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public sealed class NearestCodesTests : IDisposable
{
    private static readonly double Half = Math.Sqrt(0.5);

    // Four codes on level a, two on level b. Less the mean of their levels, (10, 10) and (-50, 0): a (2, 0), (0, 2), (1, 1), (-3, -3); b (1, 0), (-1, 0).
    private static readonly double[][] Rows = [[12, 10], [10, 12], [11, 11], [7, 7], [-49, 0], [-51, 0]];

    private readonly PretrainedModel pretrained = Model();

    public void Dispose() => pretrained.Dispose();

    [Fact]
    public void NeighboursAreOfTheLevelAndWithoutItsMeanByHand()
    {
        var found = NearestCodes.Of(Extend(Rows), [0, 3, 4], 10);

        Assert.Equal(["<a_0>", "<a_3>", "<b_0>"], found.Select(code => code.Text));
        Assert.Equal(["<a_2>", "<a_1>", "<a_3>"], found[0].Nearest.Select(code => code.Text));
        Assert.All(new[] { Half, 0, -Half }.Zip(found[0].Nearest), pair => Assert.Equal(pair.First, pair.Second.Cosine, 6));
        // <a_0> and <a_1> are equally far from <a_3>.
        Assert.Equal(["<a_0>", "<a_1>", "<a_2>"], found[1].Nearest.Select(code => code.Text));
        Assert.Equal("<b_1>", Assert.Single(found[2].Nearest).Text);
        Assert.Equal(-1, found[2].Nearest[0].Cosine, 12);
    }

    [Fact]
    public void CodesAtOnePointAreUnrelatedAndTheFirstComeFirst()
    {
        var found = Assert.Single(NearestCodes.Of(Extend([.. Rows.Select(_ => new[] { 0.1, 0.7 })]), [1], 2));
        Assert.Equal([("<a_0>", 0.0), ("<a_2>", 0.0)], found.Nearest.Select(code => (code.Text, code.Cosine)));
    }

    [Fact]
    public void WhatIsNotThereIsRefused()
    {
        var extension = Extend(Rows);
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestCodes.Of(extension, [6], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestCodes.Of(extension, [-1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestCodes.Of(extension, [0], 0));
    }

    private VocabularyExtension Extend(double[][] rows) => VocabularyExtension.Apply(
        pretrained, SemanticIdMap.FromCodes([[0, 0], [1, 0], [2, 0], [3, 1]]), new GivenRows(rows), seed: 0);

    private static PretrainedModel Model()
    {
        var tokenizer = ByteLevelBpeTrainer.Train(["ab ab"], 258, ["<|endoftext|>"]);
        var model = new CausalLM(new ModelConfig(tokenizer.VocabularySize, 2, 4, 1, 1, 1, 2, 1e-6, 10_000, 64, tokenizer.IdOf("<|endoftext|>")));
        model.InitialiseWeights(0);
        return new PretrainedModel(model, tokenizer);
    }

    private sealed class GivenRows(double[][] rows) : ITokenInitialiser
    {
        public string Name => "given";

        public Tensor Initialise(Tensor textRows, int count, Generator generator) => Matrices.Of(rows);
    }
}
