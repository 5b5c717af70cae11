using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

/// <summary>A table of width 2 whose words have rows that a reader can draw.</summary>
public sealed class NearestTokensTests : IDisposable
{
    private static readonly double Half = Math.Sqrt(0.5);

    // Of four letters each, so that no piece of one counts as a word. Their mean is (10, 10). Less it: bolt (4, 0), nail (1, 0), plum (0, 3), pear (-1, 1), rain (-4, -4).
    private static readonly Dictionary<string, double[]> Words = new()
    {
        ["bolt"] = [14, 10], ["nail"] = [11, 10], ["plum"] = [10, 13], ["pear"] = [9, 11], ["rain"] = [6, 6],
    };

    private readonly PretrainedModel pretrained = Model();

    public void Dispose() => pretrained.Dispose();

    [Fact]
    public void TheNearestWordsOfAWordByHand()
    {
        var found = Assert.Single(NearestTokens.Words(pretrained, ["plum"], 10));

        Assert.Equal("plum", found.Text);
        Assert.Equal(Id("plum"), found.Id);
        // bolt and nail both have cosine 0; the smaller id comes first.
        var right = new[] { "bolt", "nail" }.OrderBy(Id).ToArray();
        Assert.Equal(["pear", right[0], right[1], "rain"], found.Nearest.Select(token => token.Text));
        Assert.All(new[] { Half, 0, 0, -Half }.Zip(found.Nearest), pair => Assert.Equal(pair.First, pair.Second.Cosine, 6));
        Assert.Equal(Id("pear"), found.Nearest[0].Id);
    }

    [Fact]
    public void LengthDoesNotCountAndTheCountIsTheMost()
    {
        var found = NearestTokens.Words(pretrained, ["bolt", "nail"], 1);

        Assert.Equal(["bolt", "nail"], found.Select(token => token.Text));
        Assert.Equal("nail", Assert.Single(found[0].Nearest).Text);
        Assert.Equal("bolt", Assert.Single(found[1].Nearest).Text);
        Assert.Equal(1, found[0].Nearest[0].Cosine, 12);
    }

    [Fact]
    public void CodesHaveWordsAndWordsHaveCodes()
    {
        // <a_0> (10, 18) lies where plum does, <a_1> (12, 10) where nail does, <b_0> (10, 10) is the centre itself.
        var extension = Extend([10, 18], [12, 10], [10, 10]);

        var words = NearestTokens.WordsOfCodes(extension, [0, 1, 2], 1);
        Assert.Equal(["<a_0>", "<a_1>", "<b_0>"], words.Select(code => code.Text));
        Assert.Equal("plum", words[0].Nearest[0].Text);
        Assert.Equal(1, words[1].Nearest[0].Cosine, 12);
        Assert.Equal(0, words[2].Nearest[0].Cosine); // no direction of its own
        Assert.Equal(Words.Keys.MinBy(Id), words[2].Nearest[0].Text);

        var codes = Assert.Single(NearestTokens.CodesOfWords(extension, ["pear"], 3));
        Assert.Equal(["<a_0>", "<b_0>", "<a_1>"], codes.Nearest.Select(code => code.Text));
        Assert.Equal(Half, codes.Nearest[0].Cosine, 6);
        // A code is as near to a word as the word to the code.
        Assert.Equal(codes.Nearest[2].Cosine, NearestTokens.WordsOfCodes(extension, [1], 5)[0].Nearest.Single(word => word.Text == "pear").Cosine, 12);
    }

    [Fact]
    public void NewTokensAtTheMeanAllHaveTheSameNeighbours()
    {
        var extension = VocabularyExtension.Apply(pretrained, SemanticIdMap.FromCodes([[0, 0], [1, 0]]), new MeanInitialiser(), seed: 0);

        var words = NearestTokens.WordsOfCodes(extension, [0, 1, 2], 4);
        Assert.All(words, code => Assert.Equal(words[0].Nearest, code.Nearest));
        var cosines = TokenCosines.OfCodes(extension);
        Assert.Equal(["<a_0>", "<a_1>", "<b_0>"], cosines.Tokens);
        Assert.All(cosines.Cosines.SelectMany(row => row), cosine => Assert.Equal(1, cosine, 12));
    }

    [Fact]
    public void CosinesOfAllPairsByHand()
    {
        var cosines = TokenCosines.OfWords(pretrained, ["plum", "rain", "nail"]);

        Assert.Equal(["plum", "rain", "nail"], cosines.Tokens);
        double[][] expected = [[1, -Half, 0], [-Half, 1, -Half], [0, -Half, 1]];
        for (var row = 0; row < 3; row++)
            Assert.All(expected[row].Zip(cosines.Cosines[row]), pair => Assert.Equal(pair.First, pair.Second, 6));
    }

    [Fact]
    public void WordsAndCodesStandTogetherInThePapersPicture()
    {
        var extension = Extend([10, 18], [12, 10], [10, 10]);

        var all = TokenCosines.OfWordsAndCodes(extension);
        Assert.Equal([.. Words.Keys.Order(StringComparer.Ordinal), "<a_0>", "<a_1>", "<b_0>"], all.Tokens);
        Assert.Equal(1, all.Cosines[all.Tokens.ToList().IndexOf("plum")][5], 6); // <a_0> lies where plum does
        var few = TokenCosines.OfWordsAndCodes(extension, words: 2, codes: 2, seed: 3);
        Assert.Equal(["<a_0>", "<a_1>"], few.Tokens.Skip(2));
        Assert.Equal(few.Tokens.Take(2).Order(StringComparer.Ordinal), few.Tokens.Take(2));
        Assert.Equal(few.Tokens, TokenCosines.OfWordsAndCodes(extension, words: 2, codes: 2, seed: 3).Tokens);
        Assert.Contains(Enumerable.Range(0, 9), seed => TokenCosines.OfWordsAndCodes(extension, 2, 2, seed).Tokens[0] != few.Tokens[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenCosines.OfWordsAndCodes(extension, words: 0));
    }

    [Fact]
    public void TokensAreShownAsAReaderSeesThem()
    {
        var tokenizer = pretrained.Tokenizer;
        Assert.Equal("plum", NearestTokens.TextOf(tokenizer, Id("plum")));
        Assert.Equal("Ġ", NearestTokens.TextOf(tokenizer, tokenizer.IdOf("Ġ")));
        Assert.Equal("<|endoftext|>", NearestTokens.TextOf(tokenizer, tokenizer.IdOf("<|endoftext|>")));
        Assert.Equal("Ã", NearestTokens.TextOf(tokenizer, tokenizer.IdOf("Ã"))); // the first of two bytes
        Assert.True(NearestTokens.IsOneToken(tokenizer, "rain"));
        Assert.False(NearestTokens.IsOneToken(tokenizer, "rainy"));
    }

    [Fact]
    public void AWordInPiecesIsRefusedAndSoIsATokenizerWithoutWords()
    {
        Assert.Contains("'rainy' is 2 tokens (rain|y)", Assert.Throws<ArgumentException>(() => NearestTokens.Words(pretrained, ["rainy"], 3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestTokens.Words(pretrained, ["rain"], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestTokens.Words(pretrained.Model, pretrained.Tokenizer, [999_999], 1));
        var bytes = ByteLevelBpeTrainer.Train(["xy"], 257, ["<|endoftext|>"]);
        Assert.Contains("no word", Assert.Throws<ArgumentException>(() => NearestTokens.Words(pretrained.Model, bytes, [1], 1)).Message);
    }

    private int Id(string word) => pretrained.Tokenizer.IdOf("Ġ" + word);

    private VocabularyExtension Extend(params double[][] rows)
    {
        using var scope = NewDisposeScope();
        return VocabularyExtension.Apply(pretrained, SemanticIdMap.FromCodes([[0, 0], [1, 0]]), new GivenRows(rows), seed: 0);
    }

    private static PretrainedModel Model()
    {
        var text = string.Concat(Enumerable.Repeat(" " + string.Join(" ", Words.Keys), 20));
        var tokenizer = ByteLevelBpeTrainer.Train([text], 320, ["<|endoftext|>"]);
        var config = new ModelConfig(tokenizer.VocabularySize, 2, 4, 1, 1, 1, 2, 1e-6, 10_000, 64, tokenizer.IdOf("<|endoftext|>"));
        var model = new CausalLM(config);
        model.InitialiseWeights(0);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (word, row) in Words)
            model.Embedding.Text[tokenizer.IdOf("Ġ" + word)] = tensor(row, ScalarType.Float32);
        return new PretrainedModel(model, tokenizer);
    }

    private sealed class GivenRows(double[][] rows) : ITokenInitialiser
    {
        public string Name => "given";

        public Tensor Initialise(Tensor textRows, int count, Generator generator) => Matrices.Of(rows).to(ScalarType.Float32);
    }
}
