using GtiNotebooks.Diagnostics;
using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public sealed class ShapeReportTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void IsotropyByHand()
    {
        // Eigenvectors are the axes. Z: e + 1 and 1/e + 1 along the first, 1 + e^2 and 1 + e^-2 along the second.
        Assert.Equal((1 + Math.Exp(-2)) / (1 + Math.Exp(2)), PartitionIsotropy.Of(Matrices.Of([1, 0], [0, 2])), 12);
        // The four arrows of a cross look alike along both axes, either way.
        Assert.Equal(1, PartitionIsotropy.Of(Matrices.Of([1, 0], [-1, 0], [0, 1], [0, -1])), 12);
        // One block: 2 e^2 along it, 2 e^-2 against it.
        Assert.Equal(Math.Exp(-4), PartitionIsotropy.Of(Matrices.Of([0, 2], [0, 2])), 12);
        Assert.Equal(1, PartitionIsotropy.Of(zeros(3, 2)), 12);
    }

    [Fact]
    public void IsotropyIsThatOfAllEigenvectorsBothWays()
    {
        // More columns than are scored at once, and rows so long that an exponential alone would overflow.
        var rows = Matrices.Random(40, 300, seed: 1).mul(100);
        var (_, vectors) = linalg.eigh(rows.t().mm(rows));
        var scores = Matrices.Values(rows.mm(cat([vectors, vectors.neg()], 1)));
        var logs = Enumerable.Range(0, 600).Select(column =>
        {
            var own = Enumerable.Range(0, 40).Select(row => scores[(row * 600) + column]).ToArray();
            return own.Max() + Math.Log(own.Sum(score => Math.Exp(score - own.Max())));
        }).ToArray();
        Assert.Equal(Math.Log(PartitionIsotropy.Of(rows)), logs.Min() - logs.Max(), 8);
    }

    [Fact]
    public void AReportHasBothSpectra()
    {
        var rows = Matrices.Random(9, 4, seed: 2).add(1);
        var report = ShapeReport.Measure(rows.to(ScalarType.Float32));
        Assert.Equal(Spectrum.Raw(rows).EffectiveRank, report.Raw.EffectiveRank, 5);
        Assert.Equal(Spectrum.Centred(rows).StableRank, report.Centred.StableRank, 5);
        Assert.Equal(CosineStructure.MeanOffDiagonal(rows), report.MeanCosine, 5);
        Assert.Equal(PartitionIsotropy.Of(rows), report.Isotropy, 5);
        Assert.Throws<ArgumentException>(() => ShapeReport.Measure(zeros(3)));
    }

    [Fact]
    public void CosinesWithinAndBetweenLevelsAreThoseOfThePairs()
    {
        CodeToken[] tokens = [new(1, 0), new(0, 3), new(1, 2), new(0, 1), new(2, 0), new(0, 0)];
        var rows = Matrices.Random(6, 4, seed: 3);
        var cosines = Matrices.Values(CosineStructure.Matrix(rows));
        var found = LevelCosine.Measure(rows, tokens);
        Assert.Equal([(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)], found.Select(one => (one.Level, one.OtherLevel)));
        foreach (var one in found)
        {
            var pairs = Enumerable.Range(0, 6).SelectMany(i => Enumerable.Range(i + 1, 5 - i).Select(j => (i, j)))
                .Where(pair => new[] { tokens[pair.i].Level, tokens[pair.j].Level }.Order().SequenceEqual([one.Level, one.OtherLevel])).ToArray();
            Assert.Equal(pairs.Length, one.Pairs);
            Assert.Equal(one.Level == one.OtherLevel, one.IsWithin);
            if (pairs.Length == 0) Assert.Null(one.MeanCosine);
            else Assert.Equal(pairs.Average(pair => cosines[(pair.i * 6) + pair.j]), one.MeanCosine!.Value, 12);
        }
        Assert.Null(found[^1].MeanCosine);
        Assert.Contains("6 rows, but 5 tokens", Assert.Throws<ArgumentException>(() => LevelCosine.Measure(rows, tokens[..5])).Message);
    }
}
