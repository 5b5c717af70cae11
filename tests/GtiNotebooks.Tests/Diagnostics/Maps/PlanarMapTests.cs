using GtiNotebooks.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics.Maps;

public sealed class PlanarMapTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(12)] // fewer rows than columns
    [InlineData(5)]
    public void AFlatTableIsItsOwnMap(int width)
    {
        // Points of a plane that lies askew in a wider space: the map turns it back, and all distances stay.
        var plane = Matrices.Random(9, 2, seed: 1);
        var (axes, _) = linalg.qr(Matrices.Random(width, 2, seed: 2));
        var map = PlanarMap.PrincipalComponents(plane.mm(axes.t()).add(7).to(ScalarType.Float64));
        var expected = Trustworthiness.SquaredDistances(Matrices.Values(plane));
        var found = Trustworthiness.SquaredDistances([.. map.Points.SelectMany(point => new[] { point.X, point.Y })]);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 10));
        Assert.Equal((1.0, 1.0, 4, 9), (Math.Round(map.ExplainedVariance!.Value, 10), map.Trustworthiness, map.Neighbours, map.Rows));
        Assert.Equal(Enumerable.Range(0, 9), map.Points.Select(point => point.Row));
        Assert.True(Variance(map.Points.Select(point => point.X)) > Variance(map.Points.Select(point => point.Y)));
        Assert.True(map.Points.MaxBy(point => Math.Abs(point.X))!.X > 0 && map.Points.MaxBy(point => Math.Abs(point.Y))!.Y > 0);
    }

    [Fact]
    public void TheExplainedVarianceIsTheSpectrums()
    {
        var rows = Matrices.Random(20, 6, seed: 3);
        Assert.Equal(Spectrum.Centred(rows).EnergyAt(2), PlanarMap.PrincipalComponents(rows).ExplainedVariance!.Value, 10);
    }

    [Fact]
    public void NeighboursStayTogetherWhereComponentsCannotKeepThem()
    {
        // Five groups along five axes: a plane through them lays groups over each other, the neighbour map does not.
        var centres = eye(5, dtype: ScalarType.Float64).mul(6).repeat_interleave(12, 0);
        var rows = centres.add(Matrices.Random(60, 5, seed: 6));
        var options = new TsneOptions(Perplexity: 8, Iterations: 600, Neighbours: 8);
        var map = PlanarMap.Tsne(rows, options);
        Assert.Equal("t-SNE, perplexity 8", map.Method);
        Assert.Null(map.ExplainedVariance);
        Assert.InRange(map.Trustworthiness, 0.9, 1);
        var distances = Trustworthiness.SquaredDistances([.. map.Points.SelectMany(point => new[] { point.X, point.Y })]);
        Assert.All(Enumerable.Range(0, 60), i => Assert.Equal(i / 12, Enumerable.Range(0, 60).Where(j => j != i).MinBy(j => distances[(i * 60) + j]) / 12));
        Assert.Equal(map.Points, PlanarMap.Tsne(rows, options).Points);
        Assert.Equal(0, map.Points.Average(point => point.X), 9);
    }

    [Fact]
    public void ALargeTableIsSampledAndThePointsKnowTheirRows()
    {
        var rows = Matrices.Random(50, 3, seed: 5);
        var map = PlanarMap.PrincipalComponents(rows, new MapOptions(MostRows: 20, Seed: 1));
        Assert.Equal((50, 20), (map.Rows, map.Points.Count));
        Assert.Equal(map.Points.Select(point => point.Row), map.Points.Select(point => point.Row).Distinct().Order());
        var places = map.Points.Select(point => (long)point.Row).ToArray();
        var same = PlanarMap.PrincipalComponents(rows.index_select(0, tensor(places)));
        Assert.Equal(same.Points.Select(point => (point.X, point.Y)), map.Points.Select(point => (point.X, point.Y)));
        Assert.NotEqual(places, PlanarMap.PrincipalComponents(rows, new MapOptions(20, Seed: 2)).Points.Select(point => (long)point.Row));
    }

    [Fact]
    public void EqualRowsLieOnOnePoint()
    {
        var rows = Matrices.Random(1, 4, seed: 6).expand(6, 4);
        Assert.All(PlanarMap.PrincipalComponents(rows).Points, point => Assert.Equal((0, 0), (Math.Round(point.X, 9), Math.Round(point.Y, 9))));
        Assert.All(PlanarMap.Tsne(rows, new TsneOptions(Iterations: 30)).Points, point => Assert.True(double.IsFinite(point.X + point.Y)));
        Assert.Equal(0, PlanarMap.PrincipalComponents(zeros(5, 3)).ExplainedVariance);
        Assert.All(PlanarMap.PrincipalComponents(Matrices.Of([1], [2], [4], [8])).Points, point => Assert.Equal(0, point.Y));
    }

    [Fact]
    public void TooFewRowsAndOptionsOutOfRangeAreRefused()
    {
        var rows = Matrices.Random(6, 3, seed: 7);
        Assert.Contains("3 rows", Assert.Throws<ArgumentException>(() => PlanarMap.PrincipalComponents(Matrices.Random(3, 3, seed: 8))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => PlanarMap.PrincipalComponents(rows, new MapOptions(MostRows: 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PlanarMap.Tsne(rows, new TsneOptions(Perplexity: 0.5)));
        Assert.Throws<ArgumentException>(() => PlanarMap.Tsne(zeros(6)));
        Assert.Throws<OperationCanceledException>(() => PlanarMap.Tsne(rows, cancellation: new CancellationToken(canceled: true)));
    }

    private static double Variance(IEnumerable<double> values) => values.Average(value => value * value);
}
