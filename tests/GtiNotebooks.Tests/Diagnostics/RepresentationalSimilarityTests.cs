using GtiNotebooks.Diagnostics;
using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public sealed class RepresentationalSimilarityTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    private static CodeToken[] Level(int level, params int[] codes) => [.. codes.Select(code => new CodeToken(level, code))];

    [Fact]
    public void RowsThatRepeatTheCodebookAgreeFully()
    {
        var codebook = Matrices.Random(6, 4, seed: 1);
        // Turned, stretched and padded: cosines stay as they are.
        var rows = cat([codebook.mul(3), zeros(6, 2, ScalarType.Float64)], 1);
        var level = RepresentationalSimilarity.Measure(rows, Level(0, 0, 1, 2, 3, 4, 5), [codebook]).Single();
        Assert.Equal((1.0, 1.0, 6), (Math.Round(level.Pearson!.Value, 10), Math.Round(level.Spearman!.Value, 10), level.Codes));
    }

    [Fact]
    public void ThreeCodesByHand()
    {
        // Cosines of the rows 0-1, 0-2, 1-2: 0, sqrt(1/2), sqrt(1/2); of their codes 1-3, 1-2, 3-2: 0, 0, -1.
        var rows = Matrices.Of([1, 0], [0, 1], [1, 1]);
        var codebook = Matrices.Of([9, 9], [1, 0], [0, 2], [0, -1]);
        var level = RepresentationalSimilarity.Measure(rows, [new(0, 1), new(0, 3), new(0, 2)], [codebook]).Single();
        // Deviations (-2, 1, 1) sqrt(1/2) / 3 and (1, 1, -2) / 3: product -3 / 9, over sqrt(6/9 * 6/9): -.5.
        Assert.Equal(-0.5, level.Pearson!.Value, 12);
        Assert.Equal(-0.5, level.Spearman!.Value, 12);
    }

    [Fact]
    public void LevelsAreTakenApartWhateverTheRowsOrder()
    {
        CodeToken[] tokens = [.. Level(1, 0, 2, 3, 1), .. Level(0, 4, 1, 2)];
        var rows = Matrices.Random(7, 5, seed: 2);
        Tensor[] codebooks = [Matrices.Random(5, 3, seed: 3), Matrices.Random(4, 3, seed: 4)];
        int[] order = [6, 2, 0, 4, 1, 5, 3];
        var straight = RepresentationalSimilarity.Measure(rows, tokens, codebooks);
        var mixed = RepresentationalSimilarity.Measure(
            rows.index_select(0, tensor(order.Select(i => (long)i).ToArray())), [.. order.Select(i => tokens[i])], codebooks);
        Assert.Equal([(0, 3), (1, 4)], straight.Select(level => (level.Level, level.Codes)));
        Assert.All(straight.Zip(mixed), pair => Assert.Equal(pair.First.Pearson!.Value, pair.Second.Pearson!.Value, 12));
        Assert.All(straight.Zip(mixed), pair => Assert.Equal(pair.First.Spearman!.Value, pair.Second.Spearman!.Value, 12));
    }

    [Fact]
    public void WithoutACodebookOrWithTwoCodesThereIsNoNumber()
    {
        CodeToken[] tokens = [.. Level(0, 0, 1), .. Level(1, 0, 1, 2), .. Level(2, 0, 1, 2)];
        Tensor[] codebooks = [Matrices.Random(4, 3, seed: 5), Matrices.Random(4, 3, seed: 6)];
        var levels = RepresentationalSimilarity.Measure(Matrices.Random(8, 5, seed: 7), tokens, codebooks);
        Assert.Equal(new RsaLevel(0, null, null, 2), levels[0]);
        Assert.NotNull(levels[1].Pearson);
        Assert.Equal(new RsaLevel(2, null, null, 3), levels[2]);
        Assert.All(RepresentationalSimilarity.Measure(Matrices.Random(8, 5, seed: 7), tokens, []), level => Assert.Null(level.Pearson));
    }

    [Fact]
    public void EqualRowsHaveNoArrangement()
    {
        // Mean initialisation: all cosines are 1 but for rounding, and the rounding must not be correlated with anything.
        var rows = Matrices.Random(1, 64, seed: 8).to(ScalarType.Float32).expand(20, 64);
        var level = RepresentationalSimilarity.Measure(rows, Level(0, [.. Enumerable.Range(0, 20)]), [Matrices.Random(20, 8, seed: 9)]).Single();
        Assert.Equal(new RsaLevel(0, null, null, 20), level);
    }

    [Fact]
    public void TokensThatDoNotFitAreNamed()
    {
        var rows = Matrices.Random(3, 4, seed: 10);
        Assert.Contains("3 rows, but 2 tokens", Assert.Throws<ArgumentException>(() =>
            RepresentationalSimilarity.Measure(rows, Level(0, 0, 1), [])).Message);
        Assert.Contains("<a_7>", Assert.Throws<ArgumentException>(() =>
            RepresentationalSimilarity.Measure(rows, Level(0, 0, 1, 7), [Matrices.Random(4, 2, seed: 1)])).Message);
    }

    [Fact]
    public void AReportWithoutTokensHasNoLevels()
    {
        var report = GeometryReport.Measure(Matrices.Random(4, 3, seed: 11));
        Assert.Empty(report.Rsa);
        Assert.Equal(report.EffectiveRankRaw, new Spectrum(report.SingularValuesRaw).EffectiveRank);
        Assert.Equal(report.EffectiveRankCentred, new Spectrum(report.SingularValuesCentred).EffectiveRank);
    }
}
