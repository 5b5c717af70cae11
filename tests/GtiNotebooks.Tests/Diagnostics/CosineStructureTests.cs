using GtiNotebooks.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public sealed class CosineStructureTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void FourRowsByHand()
    {
        var rows = Matrices.Of([2, 0], [0, 5], [-3, 0], [1, 1]);
        var half = Math.Sqrt(0.5);
        double[] expected = [1, 0, -1, half, 0, 1, 0, half, -1, 0, 1, -half, half, half, -half, 1];
        Assert.All(expected.Zip(Matrices.Values(CosineStructure.Matrix(rows))), pair => Assert.Equal(pair.First, pair.Second, 12));
        Assert.Equal((0 - 1 + half + 0 + half - half) / 6, CosineStructure.MeanOffDiagonal(rows), 12);
    }

    [Fact]
    public void TheMeanIsThatOfTheMatrix()
    {
        var rows = Matrices.Random(13, 5, seed: 1);
        var matrix = Matrices.Values(CosineStructure.Matrix(rows));
        var sum = Enumerable.Range(0, 13).Sum(i => Enumerable.Range(0, 13).Where(j => j != i).Sum(j => matrix[(i * 13) + j]));
        Assert.Equal(sum / (13 * 12), CosineStructure.MeanOffDiagonal(rows), 12);
    }

    [Fact]
    public void ARowOfZerosHasNoDirection()
    {
        var rows = Matrices.Of([1, 0], [0, 0], [1, 0]);
        Assert.Equal([1, 0, 1, 0, 0, 0, 1, 0, 1], Matrices.Values(CosineStructure.Matrix(rows)));
        Assert.Equal(1 / 3.0, CosineStructure.MeanOffDiagonal(rows), 12);
    }

    [Fact]
    public void EqualRowsAreOneBlockAndOneRowHasNoPair()
    {
        Assert.Equal(1, CosineStructure.MeanOffDiagonal(Matrices.Random(1, 6, seed: 2).expand(8, 6)), 12);
        Assert.Equal(0, CosineStructure.MeanOffDiagonal(Matrices.Random(1, 6, seed: 2)));
    }

    [Fact]
    public void TheMatrixOutlivesTheCallAndIsAllThatDoes()
    {
        var rows = Matrices.Random(4, 3, seed: 3);
        using var inner = NewDisposeScope();
        using var matrix = CosineStructure.Matrix(rows.to(ScalarType.Float32));
        Assert.Equal(ScalarType.Float64, matrix.dtype);
        Assert.Equal([4, 4], matrix.shape);
        Assert.False(matrix.IsInvalid);
        Assert.InRange(inner.DisposablesCount, 1, 2);
    }
}
