using GtiNotebooks.Diagnostics;
using GtiNotebooks.Tests.Diagnostics;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Vocabulary;

public class DrawnInitialiserTests
{
    // Mean (1, 2). Around it 2 (1, 1), -2 (1, 1), (1, -1), (-1, 1): variance 4 along (1, 1), 1 along (1, -1); trace 5.
    private static Tensor Text => Matrices.Of([3, 4], [-1, 0], [2, 1], [0, 3]);

    [Fact]
    public void GaussianRowsAreTheMeanPlusNormalsTimesTheRootOfTheCovariance()
    {
        using var scope = NewDisposeScope();
        var z = Normals(5, seed: 3);

        var rows = ByteShop.Make(new MeanCovarianceInitialiser(), Text, count: 5, seed: 3);
        var quarter = ByteShop.Make(new MeanCovarianceInitialiser(0.25), Text, count: 5, seed: 3);

        // The symmetric root of covariance [[2.5, 1.5], [1.5, 2.5]] is [[1.5, 0.5], [0.5, 1.5]]: eigenvalues 2 and 1.
        for (var i = 0; i < 5; i++)
        {
            var (dx, dy) = (1.5 * z[2 * i] + 0.5 * z[2 * i + 1], 0.5 * z[2 * i] + 1.5 * z[2 * i + 1]);
            Assert.Equal(1 + dx, rows[2 * i], 1e-12);
            Assert.Equal(2 + dy, rows[2 * i + 1], 1e-12);
            Assert.Equal(1 + dx / 2, quarter[2 * i], 1e-12);
            Assert.Equal(2 + dy / 2, quarter[2 * i + 1], 1e-12);
        }
    }

    [Fact]
    public void GaussianRowsHaveTheMeanAndCovarianceOfTheTextRows()
    {
        using var scope = NewDisposeScope();
        var text = Matrices.Random(20_000, 64, seed: 1).mm(Matrices.Random(64, 64, seed: 2)) + 0.3; // more than one chunk of rows
        using var generator = new Generator(0);

        var rows = new MeanCovarianceInitialiser().Initialise(text, 40_000, generator);

        var (mean, covariance) = Moments(text);
        var (newMean, newCovariance) = Moments(rows);
        var scale = covariance.diagonal().max().ToDouble();
        Assert.True((mean - newMean).abs().max().ToDouble() < 0.03 * Math.Sqrt(scale));
        Assert.True((covariance - newCovariance).abs().max().ToDouble() < 0.04 * scale);
        using var exact = RowStatistics.Covariance(text, mean);
        Assert.True(exact.allclose(covariance, 1e-10, 1e-10));
        Assert.Equal(covariance.trace().ToDouble(), RowStatistics.MeanSquaredDistance(text, mean), 1e-8);
        Assert.Equal(text.square().sum(1).sqrt().data<double>().ToArray(), RowStatistics.Norms(text), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void FewerTextRowsThanColumnsAreNoObstacle()
    {
        var rows = ByteShop.Make(new MeanCovarianceInitialiser(), Matrices.Of([2, 0], [4, 2]), count: 20);

        Assert.All(rows.Chunk(2), row => Assert.Equal(row[0] - 2, row[1], 1e-9)); // on the line through both
        Assert.True(rows.Distinct().Count() > 20);
    }

    [Fact]
    public void TheUsualCovarianceScaleIsTheCollapse()
    {
        using var scope = NewDisposeScope();
        double Cosine(double scale)
        {
            using var generator = new Generator(0);
            return CosineStructure.MeanOffDiagonal(new MeanCovarianceInitialiser(scale).Initialise(Text, 50, generator));
        }

        Assert.True(Cosine(1e-9) > 1 - 1e-7);
        Assert.True(Cosine(1) < 0.8);
        Assert.All(ByteShop.Make(new MeanCovarianceInitialiser(0), Text).Chunk(2), row => Assert.Equal([1, 2], row));
    }

    [Fact]
    public void NoisyRowsAreTheMeanPlusNormalsOfTheTextRowsSpread()
    {
        var z = Normals(4, seed: 9);

        var rows = ByteShop.Make(new MeanNoiseInitialiser(), Text, seed: 9);
        var half = ByteShop.Make(new MeanNoiseInitialiser(0.5), Text, seed: 9);

        for (var i = 0; i < 8; i++)
        {
            var (mean, noise) = (i % 2 == 0 ? 1 : 2, Math.Sqrt(2.5) * z[i]); // variance 5 over 2 columns
            Assert.Equal(mean + noise, rows[i], 1e-12);
            Assert.Equal(mean + noise / 2, half[i], 1e-12);
        }
    }

    [Fact]
    public void MeanRowsAreTheMean() =>
        Assert.All(ByteShop.Make(new MeanInitialiser(), Text).Chunk(2), row => Assert.Equal([1, 2], row));

    [Fact]
    public void RandomRowsAreNormalsTimesTheDeviationOfAllEntries()
    {
        var z = Normals(4, seed: 5);
        var sigma = Math.Sqrt((9 + 16 + 1 + 0 + 4 + 1 + 0 + 9) / 8.0 - 1.5 * 1.5);

        Assert.Equal(z.Select(value => value * sigma), ByteShop.Make(new RandomInitialiser(), Text, seed: 5), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData("mean-covariance")]
    [InlineData("mean-noise")]
    [InlineData("random")]
    public void TheSeedDecides(string name)
    {
        double[] Draw(ulong seed) => ByteShop.Make(TokenInitialisers.Create(name, ByteShop.Inputs()), Text, seed: seed);

        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("mean-covariance")]
    [InlineData("mean-noise")]
    [InlineData("random")]
    public void RowsOf16BitsAreReadInMore(string name)
    {
        using var scope = NewDisposeScope();
        var text = Matrices.Random(300, 6, seed: 4).to(ScalarType.BFloat16);
        var initialiser = TokenInitialisers.Create(name, ByteShop.Inputs());
        Tensor Draw(Tensor rows)
        {
            using var generator = new Generator(0);
            return initialiser.Initialise(rows, 10, generator);
        }

        var rows = Draw(text);

        Assert.NotEqual(ScalarType.BFloat16, rows.dtype);
        Assert.True(rows.to(ScalarType.Float64).allclose(Draw(text.to(ScalarType.Float32)).to(ScalarType.Float64), 1e-6, 1e-7));
    }

    [Fact]
    public void ScalesBelowZeroAreErrors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanCovarianceInitialiser(-1e-9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanCovarianceInitialiser(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanNoiseInitialiser(double.PositiveInfinity));
    }

    private static double[] Normals(int count, ulong seed)
    {
        using var generator = new Generator(seed);
        using var normals = randn(count, 2, ScalarType.Float64, generator: generator);
        return normals.data<double>().ToArray();
    }

    private static (Tensor Mean, Tensor Covariance) Moments(Tensor rows)
    {
        var mean = rows.mean([0], keepdim: true);
        return (mean, (rows - mean).t().mm(rows - mean) / rows.shape[0]);
    }
}
