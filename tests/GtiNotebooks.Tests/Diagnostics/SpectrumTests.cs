using GtiNotebooks.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public sealed class SpectrumTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void DiagonalMatricesByHand()
    {
        // Singular values 3 and 1: shares 3/4 and 1/4, entropy .75 ln(4/3) + .25 ln 4 = .5623.
        var spectrum = Spectrum.Raw(Matrices.Of([3, 0], [0, -1], [0, 0]));
        Assert.Equal([3, 1], spectrum.SingularValues.Select(value => Math.Round(value, 12)));
        Assert.Equal(Math.Exp((0.75 * Math.Log(4 / 3.0)) + (0.25 * Math.Log(4))), spectrum.EffectiveRank, 12);
    }

    [Fact]
    public void EqualSingularValuesCountFully() => Assert.Equal(5, new Spectrum([2, 2, 2, 2, 2, 0, 0]).EffectiveRank, 12);

    [Theory]
    [InlineData(40, 7)]
    [InlineData(7, 40)]
    public void EqualRowsHaveRankOneRawAndZeroCentred(int rows, int width)
    {
        // Mean initialisation: float32 rows, all the same.
        var table = Matrices.Random(1, width, seed: 3).to(ScalarType.Float32).expand(rows, width);
        Assert.Equal(1.0, Spectrum.Raw(table).EffectiveRank);
        Assert.Equal(0.0, Spectrum.Centred(table).EffectiveRank);
        Assert.Equal(Math.Min(rows, width), Spectrum.Raw(table).SingularValues.Count);
        Assert.All(Spectrum.Centred(table).SingularValues, value => Assert.Equal(0.0, value));
    }

    [Fact]
    public void ARankOneMatrixHasExactlyOne()
    {
        var column = Matrices.Random(30, 1, seed: 1);
        var row = Matrices.Random(1, 20, seed: 2);
        Assert.Equal(1.0, Spectrum.Raw(column.mul(row)).EffectiveRank);
    }

    [Fact]
    public void TheZeroMatrixHasZero()
    {
        Assert.Equal(0.0, Spectrum.Raw(zeros(4, 3)).EffectiveRank);
        Assert.Equal(0.0, Spectrum.Centred(zeros(4, 3)).EffectiveRank);
        Assert.Equal(0.0, new Spectrum([]).EffectiveRank);
    }

    [Fact]
    public void ThreeWaysToCountDirectionsByHand()
    {
        var spectrum = new Spectrum([4, 3, 0]);
        Assert.Equal(625 / 337.0, spectrum.ParticipationRatio, 12); // (16 + 9)^2 / (256 + 81)
        Assert.Equal(25 / 16.0, spectrum.StableRank, 12);
        Assert.Equal([0, 16 / 25.0, 1, 1, 1], Enumerable.Range(0, 5).Select(k => Math.Round(spectrum.EnergyAt(k), 12)));
        Assert.Throws<ArgumentOutOfRangeException>(() => spectrum.EnergyAt(-1));
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1)]
    [InlineData(1e200)]
    public void EqualDirectionsCountFullyAtAnyScale(double scale)
    {
        var spectrum = new Spectrum([scale, scale, scale, 0]);
        Assert.Equal((3.0, 3.0), (Math.Round(spectrum.ParticipationRatio, 12), Math.Round(spectrum.StableRank, 12)));
        Assert.Equal(2 / 3.0, spectrum.EnergyAt(2), 12);
    }

    [Fact]
    public void ALargeTallTableHasTheSameSpectrumByItsGramMatrix()
    {
        var generator = new Generator(1);
        var matrix = randn([70_000, 64], ScalarType.Float64, generator: generator).mul(linspace(0.001, 1, 64, ScalarType.Float64)).add(0.5);
        var expected = Matrices.Values(linalg.svdvals(matrix));
        var found = Spectrum.Raw(matrix).SingularValues;
        Assert.Equal(64, found.Count);
        Assert.All(expected.Zip(found), pair => Assert.InRange(pair.Second / pair.First, 1 - 1e-7, 1 + 1e-7));

        var equal = matrix.narrow(0, 0, 1).expand(70_000, 64);
        Assert.Equal(1, Spectrum.Raw(equal).EffectiveRank);
        Assert.Equal(0, Spectrum.Centred(equal).EffectiveRank);
    }

    [Fact]
    public void WithoutEnergyThereAreNoDirections()
    {
        foreach (var spectrum in new[] { new Spectrum([]), new Spectrum([0, 0]) })
            Assert.Equal((0.0, 0.0, 0.0), (spectrum.ParticipationRatio, spectrum.StableRank, spectrum.EnergyAt(2)));
    }

    [Fact]
    public void ASummaryHasTheSpectrumsNumbersFewestDirectionsFirst()
    {
        var spectrum = new Spectrum([4, 3, 1]);
        var summary = SpectrumSummary.Of(spectrum, [2, 1]);
        Assert.Equal((spectrum.EffectiveRank, spectrum.ParticipationRatio, spectrum.StableRank), (summary.EffectiveRank, summary.ParticipationRatio, summary.StableRank));
        Assert.Equal([new(1, spectrum.EnergyAt(1)), new EnergyShare(2, spectrum.EnergyAt(2))], summary.Energies);
        Assert.Equal(SpectrumSummary.UsualDirections, SpectrumSummary.Of(spectrum).Energies.Select(energy => energy.Directions));
    }

    [Fact]
    public void ScalingAndTransposingChangeNothing()
    {
        var matrix = Matrices.Random(9, 6, seed: 4);
        var rank = Spectrum.Raw(matrix).EffectiveRank;
        Assert.Equal(rank, Spectrum.Raw(matrix.mul(1e-20)).EffectiveRank, 9);
        Assert.Equal(rank, Spectrum.Raw(matrix.mul(1e+20)).EffectiveRank, 9);
        Assert.Equal(rank, Spectrum.Raw(matrix.t()).EffectiveRank, 9);
        Assert.InRange(rank, 1, 6);
    }

    [Fact]
    public void CentringIgnoresACommonShift()
    {
        var matrix = Matrices.Random(9, 6, seed: 5);
        var shifted = matrix.add(Matrices.Random(1, 6, seed: 6).mul(100));
        Assert.Equal(Spectrum.Centred(matrix).EffectiveRank, Spectrum.Centred(shifted).EffectiveRank, 8);
        Assert.NotEqual(Spectrum.Raw(matrix).EffectiveRank, Spectrum.Raw(shifted).EffectiveRank, 2);
    }

    [Fact]
    public void TrainedParametersAreMeasuredAndLeftAlone()
    {
        var parameter = Matrices.Random(4, 3, seed: 7).to(ScalarType.Float32).requires_grad_(true);
        var before = parameter.detach().clone();
        Assert.InRange(Spectrum.Raw(parameter).EffectiveRank, 1, 3);
        Assert.True(parameter.requires_grad);
        Assert.True(parameter.detach().Equals(before));
    }

    [Fact]
    public void NothingIsLeftBehind()
    {
        var matrix = Matrices.Random(5, 4, seed: 8);
        using var inner = NewDisposeScope();
        Spectrum.Raw(matrix);
        Spectrum.Centred(matrix);
        Assert.Equal(0, inner.DisposablesCount);
    }

    [Fact]
    public void BadMatricesAreRefused()
    {
        Assert.Contains("[3]", Assert.Throws<ArgumentException>(() => Spectrum.Raw(zeros(3))).Message);
        Assert.Throws<ArgumentException>(() => Spectrum.Raw(zeros(0, 3)));
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => Spectrum.Raw(Matrices.Of([1, double.NaN]))).Message);
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => Spectrum.Centred(Matrices.Of([1, double.NegativeInfinity]))).Message);
    }
}
