using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Text;

public class TruncatedSvdTests
{
    /// <summary>Entry (i, j) = sum over k of 0.85^k sin(...) cos(...): full rank, a slowly falling spectrum.</summary>
    private static Tensor Example(int rows, int columns) => tensor(
        [.. from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns)
            select Enumerable.Range(0, 60).Sum(k => Math.Pow(0.85, k) * Math.Sin((k + 1) * (i + 1) * 0.7) * Math.Cos((k + 1) * (j + 2) * 0.3 + k))],
        [rows, columns]);

    [Fact]
    public void The_first_directions_equal_the_exact_ones()
    {
        using var scope = NewDisposeScope();
        var matrix = Example(150, 110);
        var found = TruncatedSvd.Coordinates(matrix, 12, seed: 3);
        var (u, s, _) = linalg.svd(matrix, fullMatrices: false);
        var exact = (u * s).narrow(1, 0, 12);
        Assert.Equal([150L, 12L], found.shape);
        // Up to sign, column by column.
        var differences = minimum((found - exact).abs().max(0).Item1, (found + exact).abs().max(0).Item1) / s[0];
        Assert.All(differences.data<double>().ToArray(), d => Assert.InRange(d, 0, 1e-6));
    }

    [Fact]
    public void Each_column_is_positive_where_it_is_largest()
    {
        using var scope = NewDisposeScope();
        foreach (var matrix in new[] { Example(90, 70), -Example(90, 70), Example(5, 4) })
        {
            var found = TruncatedSvd.Coordinates(matrix, 4, seed: 3);
            Assert.Equal(found.abs().max(0).Item1.data<double>().ToArray(), found.max(0).Item1.data<double>().ToArray());
        }
    }

    [Fact]
    public void Directions_beyond_the_rank_are_zero()
    {
        using var scope = NewDisposeScope();
        var found = TruncatedSvd.Coordinates(tensor(new double[] { 0, 0, 3, 0, 0, -4 }, [3, 2]), 3, seed: 0);
        // Largest first; signs turned to plus.
        Assert.Equal([0, 0, 0, 0, 3, 0, 4, 0, 0], found.data<double>().ToArray().Select(v => Math.Round(v, 12)));
    }

    /// <summary>Wherever the numbers lie in memory: the arrays behind the tensors are aligned to 8 bytes only.</summary>
    [Fact]
    public void One_seed_gives_one_result()
    {
        using var scope = NewDisposeScope();
        var results = Enumerable.Range(0, 16).Select(i =>
        {
            GC.KeepAlive(new byte[8 * i]);
            return TruncatedSvd.Coordinates(Example(80, 60), 5, 1).data<double>().ToArray();
        }).ToArray();
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void Only_matrices_are_taken()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<OperationCanceledException>(() => TruncatedSvd.Coordinates(Example(80, 60), 5, 1, new CancellationToken(canceled: true)));
        Assert.Contains("[3]", Assert.Throws<ArgumentException>(() => TruncatedSvd.Coordinates(zeros(3), 1, 0)).Message);
        Assert.Throws<ArgumentException>(() => TruncatedSvd.Coordinates(zeros(0, 3), 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TruncatedSvd.Coordinates(zeros(2, 3), 0, 0));
    }
}
