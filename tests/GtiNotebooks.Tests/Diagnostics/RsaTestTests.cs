using GtiNotebooks.Diagnostics;
using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public sealed class RsaTestTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    private static CodeToken[] Level(int level, int count) => [.. Enumerable.Range(0, count).Select(code => new CodeToken(level, code))];

    [Fact]
    public void WithoutASampleTheValuesAreThoseOfTheMeasure()
    {
        CodeToken[] tokens = [.. Level(0, 7), .. Level(1, 5)];
        var rows = Matrices.Random(12, 6, seed: 1);
        Tensor[] codebooks = [Matrices.Random(7, 3, seed: 2), Matrices.Random(5, 3, seed: 3)];
        var plain = RepresentationalSimilarity.Measure(rows, tokens, codebooks);
        var tests = RsaTest.Measure(rows, tokens, codebooks, new RsaTestOptions(Permutations: 19));
        Assert.Equal([(0, 7, 7), (1, 5, 5)], tests.Select(test => (test.Level, test.Codes, test.Compared)));
        foreach (var (expected, test) in plain.Zip(tests))
        {
            Assert.Equal(expected.Pearson!.Value, test.Pearson!.Value, 12);
            Assert.Equal(expected.Spearman!.Value, test.Spearman!.Value, 12);
        }
    }

    [Fact]
    public void PermutingTheCodesIsPermutingTheTrianglesObjects()
    {
        double[] one = [.1, .9, .3, .4, .2, .7], other = [.5, .2, .8, .1, .6, .3];
        var square = new double[4, 4];
        var next = 0;
        for (var i = 0; i < 4; i++)
            for (var j = i + 1; j < 4; j++)
                square[i, j] = square[j, i] = other[next++];
        var triangles = PermutedTriangles.Create(one, other, 4)!;
        foreach (var places in (int[][])[[0, 1, 2, 3], [2, 0, 3, 1], [3, 2, 1, 0]])
        {
            var permuted = Enumerable.Range(0, 4).SelectMany(i => Enumerable.Range(i + 1, 3 - i).Select(j => square[places[i], places[j]])).ToArray();
            Assert.Equal(Correlation.Pearson(one, permuted)!.Value, triangles.Permute(places), 12);
        }
    }

    [Fact]
    public void OfThreePermutationsTheQuantilesLieBetweenThem()
    {
        // Pairs (0,1), (0,2), (1,2): with objects 1 and 2 exchanged, the first two values of the second triangle change places.
        var triangles = PermutedTriangles.Create([0, 1, 2], [0, 1, 2], 3)!;
        foreach (var places in (int[][])[[0, 1, 2], [0, 2, 1], [2, 1, 0]])
            triangles.Permute(places);
        var result = triangles.Result();
        // Correlations 1; of (0, 1, 2) with (1, 0, 2): .5; with (2, 1, 0): -1. The 2.5 % quantile lies 5 % of the way from -1 to .5.
        Assert.Equal((1.0, -0.925, 0.975), (Math.Round(result.Value, 12), Math.Round(result.ChanceLow, 12), Math.Round(result.ChanceHigh, 12)));
        Assert.Equal((1.0 + 1) / (1 + 3), result.PValue, 12);
        Assert.True(result.IsAboveChance);
    }

    [Fact]
    public void RowsThatRepeatTheCodebookAreNoChanceAndUnrelatedOnesAre()
    {
        var codebook = Matrices.Random(30, 4, seed: 4);
        var same = RsaTest.Measure(codebook.mul(2), Level(0, 30), [codebook], new RsaTestOptions(Permutations: 199)).Single();
        Assert.Equal((1.0, 1 / 200.0), (Math.Round(same.Pearson!.Value, 10), same.Pearson.PValue));
        Assert.Equal(1 / 200.0, same.Spearman!.PValue);
        Assert.True(same.Pearson.IsAboveChance && same.Pearson.ChanceLow < 0 && same.Pearson.ChanceHigh is > 0 and < 0.5);
        // Over many unrelated tables the p-values are even: about half of them below one half.
        var values = Enumerable.Range(0, 60).Select(seed => RsaTest.Measure(
            Matrices.Random(12, 5, seed + 100), Level(0, 12), [Matrices.Random(12, 4, seed + 900)], new RsaTestOptions(Permutations: 59, Seed: seed)).Single().Pearson!.PValue).ToArray();
        Assert.InRange(values.Average(), 0.4, 0.6);
        Assert.InRange(values.Count(value => value <= 0.1), 0, 15);
    }

    [Fact]
    public void TheSameSeedGivesTheSameTestAndALargeTableIsSampled()
    {
        CodeToken[] tokens = [.. Level(0, 40), .. Level(1, 8)];
        var rows = Matrices.Random(48, 6, seed: 5);
        Tensor[] codebooks = [Matrices.Random(40, 3, seed: 6), Matrices.Random(8, 3, seed: 7)];
        var options = new RsaTestOptions(Permutations: 29, MostRows: 24, Seed: 3);
        var tests = RsaTest.Measure(rows, tokens, codebooks, options);
        Assert.Equal([(40, 12), (8, 8)], tests.Select(test => (test.Codes, test.Compared)));
        Assert.Equal(tests, RsaTest.Measure(rows, tokens, codebooks, options));
        Assert.NotEqual(tests[0], RsaTest.Measure(rows, tokens, codebooks, options with { Seed = 4 })[0]);
    }

    [Fact]
    public void WhereThereIsNoArrangementThereIsNoTest()
    {
        CodeToken[] tokens = [.. Level(0, 5), .. Level(1, 2), .. Level(2, 5)];
        var rows = Matrices.Random(1, 6, seed: 8).expand(12, 6);
        var tests = RsaTest.Measure(rows, tokens, [Matrices.Random(5, 3, seed: 9), Matrices.Random(5, 3, seed: 9)]);
        Assert.All(tests, test => Assert.True(test is { Pearson: null, Spearman: null }));
        Assert.Throws<ArgumentOutOfRangeException>(() => RsaTest.Measure(rows, tokens, [], new RsaTestOptions(Permutations: 5)));
        Assert.Throws<OperationCanceledException>(() => RsaTest.Measure(
            Matrices.Random(12, 6, seed: 8), tokens, [Matrices.Random(5, 3, seed: 9)], cancellation: new CancellationToken(canceled: true)));
    }
}
