using GtiNotebooks.SemanticIds;
using GtiNotebooks.Tests.Diagnostics;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Vocabulary;

public class TextInitialiserTests
{
    private static readonly (char, double, double)[] Letters = [('a', 6, 0), ('b', 0, 3), ('c', -3, 1), ('d', 1, -5)];

    // Items with a: 1 of 4, with b, c, d: 2 of 4 each.
    private static readonly double IdfOfA = Math.Log(5.0 / 2);
    private static readonly double IdfOfOthers = Math.Log(5.0 / 3);

    [Fact]
    public void DescriptionMeansAreThoseWorkedOutByHand()
    {
        using var scope = NewDisposeScope();

        var rows = ByteShop.Make(new DescriptionMeanInitialiser(ByteShop.Inputs()), ByteShop.Rows(Letters));

        AssertClose(Spread(CodeMeans()), rows);
        Assert.Equal(Letters.Sum(l => l.Item2 * l.Item2 + l.Item3 * l.Item3) / 257, rows.Sum(x => x * x) / 4, 1e-12); // as long as the text rows
    }

    [Fact]
    public void WhatEveryItemHasWeighsNothing()
    {
        using var scope = NewDisposeScope();
        var catalogue = ByteShop.Shop("za", "zb", "zzzb", "zc");
        var inputs = new InitialiserInputs(ByteShop.Tokenizer, catalogue, ByteShop.Ids, []);
        double[] With((char, double, double) z) => Matrices.Values(new DescriptionMeans(inputs).Of(ByteShop.Rows([.. Letters, z]), 4));

        var means = With(('z', 0, 0));

        Assert.Equal(means, With(('z', 50, -70)));
        AssertClose([3, 1.5, -1.5, 2, 3, 1.5, -1.5, 2], means); // a and b; b and c; a and b; b and c
    }

    [Fact]
    public void AnItemWithoutWeightsIsLeftOutAndACodeOfSuchItemsIsAnError()
    {
        using var scope = NewDisposeScope();
        var catalogue = ByteShop.Shop("za", "z", "zb");
        InitialiserInputs Inputs(params int[][] codes) => new(ByteShop.Tokenizer, catalogue, SemanticIdMap.FromCodes(codes), []);

        AssertClose([6, 0, 0, 3], Matrices.Values(new DescriptionMeans(Inputs([0], [0], [1])).Of(ByteShop.Rows(Letters), 2)));
        var error = Assert.Throws<ArgumentException>(() => new DescriptionMeanInitialiser(Inputs([0], [1], [2])));
        Assert.Contains("<a_1>", error.Message);
    }

    [Fact]
    public void CodesOfEqualMeansHaveNothingToBeSpreadAlong()
    {
        using var scope = NewDisposeScope();
        var catalogue = ByteShop.Shop("ab", "ba");
        var inputs = new InitialiserInputs(ByteShop.Tokenizer, ByteShop.Shop("ab", "ba", "c"), SemanticIdMap.FromCodes([[0], [0], [0]]), []);

        Assert.Throws<InvalidOperationException>(() => ByteShop.Make(new DescriptionMeanInitialiser(inputs), ByteShop.Rows(Letters), count: 1));
        Assert.Throws<ArgumentException>(() => new InitialiserInputs(ByteShop.Tokenizer, catalogue, ByteShop.Ids, []));
    }

    [Fact]
    public void KeywordsAreThoseOfTheHighestShareTimesLogOfLift()
    {
        var ids = SemanticIdMap.FromCodes([[0], [0], [1], [1]]);
        string[] texts = ["Red pen, the PEN!", "the red rare", "the blue pen", "the blue cup"];

        // Of code 0: red 1 ln(1 / 0.5), rare 0.5 ln(0.5 / 0.25), pen 0.5 ln(0.5 / 0.5), the 1 ln(1): equal, and the has the larger share.
        Assert.Equal([["red", "rare", "the", "pen"], ["blue", "cup", "the", "pen"]], CodeKeywords.Of(ids, texts));
        Assert.Equal([["red"], ["blue"]], CodeKeywords.Of(ids, texts, count: 1));
        Assert.Throws<ArgumentException>(() => CodeKeywords.Of(ids, texts[1..]));
    }

    [Fact]
    public void KeywordRowsAreMeansOfMeans()
    {
        using var scope = NewDisposeScope();
        var rows = ByteShop.Rows([.. Letters, (' ', 9, 9)]);
        var initialiser = new KeywordMeanInitialiser(ByteShop.Tokenizer, [["a", "bc"], ["d"]]);

        // " a": (15, 9) / 2; " bc": (6, 13) / 3; " d": (10, 4) / 2.
        AssertClose([(7.5 + 2) / 2, (4.5 + 13 / 3.0) / 2, 5, 2], ByteShop.Make(initialiser, rows, count: 2));
    }

    [Fact]
    public void KeywordsComeFromTheCatalogue()
    {
        using var scope = NewDisposeScope();
        var inputs = new InitialiserInputs(ByteShop.Tokenizer, ByteShop.Shop("a", "b", "a", "!"), ByteShop.Ids, []);
        var initialiser = KeywordMeanInitialiser.FromCatalogue(inputs, count: 1);

        Assert.Equal([["b"], ["a"], ["a"], ["b"]], initialiser.Keywords);
        var wordless = new InitialiserInputs(ByteShop.Tokenizer, ByteShop.Shop("a", "b", "!", "?"), ByteShop.Ids, []);
        Assert.Contains("<a_1>", Assert.Throws<ArgumentException>(() => KeywordMeanInitialiser.FromCatalogue(wordless)).Message);
        Assert.Throws<ArgumentException>(() => new KeywordMeanInitialiser(ByteShop.Tokenizer, [["a"], []]));
        Assert.Throws<ArgumentException>(() => new KeywordMeanInitialiser(ByteShop.Tokenizer, [["a", " "]]));
    }

    [Fact]
    public void RidgeRegressionIsThatWorkedOutByHand()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Of([4], [5], [6]), Matrices.Of([1, 7], [2, 7], [6, 4]));
        double[] Fitted(double ridge) => Matrices.Values(RidgeRegression.Fitted(x, y, ridge));

        // Centred x is -1, 0, 1 with scatter 2; x . y is 5 and -3; means are 3 and 6.
        AssertClose([0.5, 7.5, 3, 6, 5.5, 4.5], Fitted(0));
        AssertClose([1.75, 6.75, 3, 6, 4.25, 5.25], Fitted(1)); // slopes 5 / (2 + 2) and -3 / (2 + 2)
        AssertClose([3, 6, 3, 6, 3, 6], Matrices.Values(RidgeRegression.Fitted(Matrices.Of([2], [2], [2]), y, 0)));
    }

    [Fact]
    public void RidgeRegressionAgreesWithTheNormalEquations()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Random(20, 6, seed: 1), Matrices.Random(20, 4, seed: 2));
        var (cx, cy) = (x - x.mean([0], keepdim: true), y - y.mean([0], keepdim: true));
        var scatter = cx.t().mm(cx);
        var penalty = eye(6, 6, ScalarType.Float64) * (0.3 * scatter.trace().ToDouble() / 6);
        var expected = y.mean([0], keepdim: true) + cx.mm(linalg.solve(scatter + penalty, cx.t().mm(cy)));

        Assert.True(RidgeRegression.Fitted(x, y, 0.3).allclose(expected, 1e-10, 1e-12));
    }

    [Fact]
    public void AProjectionThatCanSayEverythingSaysTheDescriptionMeans()
    {
        using var scope = NewDisposeScope();
        // Four codes in three directions: any centred target is linear in them.
        Tensor[] codebooks = [Matrices.Of([1, 0, 0], [0, 1, 0]), Matrices.Of([0, 0, 1], [0, 0, 0], [9, 9, 9])];
        double[] Project(double ridge) => ByteShop.Make(new CodebookProjectionInitialiser(ByteShop.Inputs(codebooks), ridge), ByteShop.Rows(Letters));

        AssertClose(Spread(CodeMeans()), Project(0));
        Assert.NotEqual(Project(0), Project(0.5));
    }

    [Fact]
    public void AProjectionKeepsTheLineThatItsVectorsLieOn()
    {
        using var scope = NewDisposeScope();
        var inputs = ByteShop.Inputs(Matrices.Of([0], [1]), Matrices.Of([2], [4]));

        var rows = ByteShop.Make(new CodebookProjectionInitialiser(inputs), ByteShop.Rows(Letters)).Chunk(2).ToArray();

        double[] step = [rows[1][0] - rows[0][0], rows[1][1] - rows[0][1]];
        AssertClose([rows[0][0] + 2 * step[0], rows[0][1] + 2 * step[1]], rows[2]);
        AssertClose([rows[0][0] + 4 * step[0], rows[0][1] + 4 * step[1]], rows[3]);
    }

    [Fact]
    public void CodesWithoutVectorsAreRefused()
    {
        using var scope = NewDisposeScope();
        var one = Matrices.Of([0, 1], [1, 0]);
        string Problem(params Tensor[] codebooks) =>
            Assert.Throws<ArgumentException>(() => new CodebookProjectionInitialiser(ByteShop.Inputs(codebooks))).Message;

        Assert.Contains("<a_0>", Problem());
        Assert.Contains("<b_0>", Problem(one));
        Assert.Contains("<b_1>", Problem(one, Matrices.Of([0, 1])));
        Assert.Contains("level 1", Problem(one, Matrices.Of([0], [1])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodebookProjectionInitialiser(ByteShop.Inputs(one, one), -1));
    }

    [Theory]
    [InlineData("description-mean")]
    [InlineData("keyword-mean")]
    [InlineData("codebook-projection")]
    public void RowsAndCountsThatDoNotFitAreRefused(string name)
    {
        using var scope = NewDisposeScope();
        var initialiser = TokenInitialisers.Create(name, ByteShop.Inputs(Matrices.Of([0], [1]), Matrices.Of([2], [4])));
        var rows = ByteShop.Rows(Letters);

        Assert.Contains("256 text rows", Assert.Throws<ArgumentException>(() => ByteShop.Make(initialiser, rows.narrow(0, 0, 256))).Message);
        Assert.Contains("5 new tokens", Assert.Throws<ArgumentException>(() => ByteShop.Make(initialiser, rows, count: 5)).Message);
        Assert.Equal(ByteShop.Make(initialiser, rows, seed: 1), ByteShop.Make(initialiser, rows, seed: 2)); // nothing is random
    }

    [Fact]
    public void WeightsOfManyRowsAreAddedInChunks()
    {
        using var scope = NewDisposeScope();
        var text = Matrices.Random(3000, 400, seed: 6); // 2,621 rows at a time
        WeightedRows[] codes =
        [
            new([.. Enumerable.Range(0, 3000).Select(i => (long)i)], [.. Enumerable.Repeat(1 / 3000.0, 3000)]),
            new([5, 2999], [0.25, 0.75]),
        ];

        using var sums = WeightedRows.Sum(text, codes);

        Assert.True(sums.select(0, 0).allclose(text.mean([0]), 1e-10, 1e-12));
        Assert.True(sums.select(0, 1).allclose(text.select(0, 5) * 0.25 + text.select(0, 2999) * 0.75, 1e-12, 1e-14));
    }

    [Fact]
    public void NamesAreTheInitialisersOwn()
    {
        using var scope = NewDisposeScope();
        var vector = Matrices.Of([0], [1]);

        Assert.Equal(
            ["mean", "mean-covariance", "mean-noise", "random", "description-mean", "keyword-mean", "codebook-projection"], TokenInitialisers.Names);
        Assert.Equal(TokenInitialisers.Names, TokenInitialisers.All(ByteShop.Inputs(vector, vector)).Select(initialiser => initialiser.Name));
        Assert.Equal(TokenInitialisers.Names.SkipLast(1), TokenInitialisers.All(ByteShop.Inputs(vector)).Select(initialiser => initialiser.Name));
        Assert.Contains("mean-noise", Assert.Throws<ArgumentException>(() => TokenInitialisers.Create("zero", ByteShop.Inputs())).Message);
    }

    /// <summary>Of a_0, a_1, b_0, b_1.</summary>
    private static double[] CodeMeans()
    {
        double[] Item(params (int Letter, double Weight)[] tokens) =>
        [
            tokens.Sum(t => t.Weight * Letters[t.Letter].Item2) / tokens.Sum(t => t.Weight),
            tokens.Sum(t => t.Weight * Letters[t.Letter].Item3) / tokens.Sum(t => t.Weight),
        ];
        double[][] items = [Item((0, 2 * IdfOfA), (1, IdfOfOthers)), Item((1, 1), (2, 1)), Item((2, 1), (3, 1)), Item((3, 1))];
        int[][] carriers = [[0, 1], [2, 3], [0, 2], [1, 3]];
        return [.. carriers.SelectMany(pair => new[] { 0, 1 }.Select(column => (items[pair[0]][column] + items[pair[1]][column]) / 2))];
    }

    /// <summary>Centred, as far from the text rows' mean as the text rows are: 4 of 257 rows are not 0.</summary>
    private static double[] Spread(double[] means)
    {
        double[] centre = [Letters.Sum(l => l.Item2) / 257, Letters.Sum(l => l.Item3) / 257];
        var text = Letters.Sum(l => l.Item2 * l.Item2 + l.Item3 * l.Item3) / 257 - centre.Sum(x => x * x);
        double[] ofMeans = [means.Where((_, i) => i % 2 == 0).Average(), means.Where((_, i) => i % 2 == 1).Average()];
        var scale = Math.Sqrt(text / (means.Select((x, i) => Math.Pow(x - ofMeans[i % 2], 2)).Sum() / 4));
        return [.. means.Select((x, i) => centre[i % 2] + scale * (x - ofMeans[i % 2]))];
    }

    private static void AssertClose(double[] expected, double[] actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-10);
}
