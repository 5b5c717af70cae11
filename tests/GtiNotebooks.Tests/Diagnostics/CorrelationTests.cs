using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Diagnostics;

namespace GtiNotebooks.Tests.Diagnostics;

public sealed class CorrelationTests
{
    [Fact]
    public void FourPairsByHand()
    {
        // x less 2.5: -1.5, -.5, .5, 1.5 (squares 5); y less 2.75: -1.75, .25, -.75, 2.25 (squares 8.75); products 2.625 - .125 - .375 + 3.375 = 5.5.
        double[] x = [1, 2, 3, 4], y = [1, 3, 2, 5];
        Assert.Equal(5.5 / Math.Sqrt(5 * 8.75), Correlation.Pearson(x, y)!.Value, 1e-12);
        Assert.Equal(0.8, Correlation.Spearman(x, y)!.Value, 1e-12);  // 1 - 6 (0 + 1 + 1 + 0) / (4 * 15)
    }

    [Fact]
    public void TiesShareTheirRanks()
    {
        Assert.Equal([1, 2.5, 2.5, 4], Correlation.AverageRanks([5, 7, 7, 9]));
        Assert.Equal([4.5, 2, 4.5, 2, 2], Correlation.AverageRanks([3, 1, 3, 1, 1]));
        Assert.Empty(Correlation.AverageRanks([]));
    }

    [Fact]
    public void WhatDoesNotVaryHasNoCorrelation()
    {
        Assert.Null(Correlation.Pearson([1, 1, 1], [1, 2, 3]));
        Assert.Null(Correlation.Pearson([1, 2, 3], [4, 4, 4]));
        Assert.Null(Correlation.Spearman([1, 1, 1], [1, 2, 3]));
        Assert.Null(Correlation.Pearson([1], [2]));
        Assert.Throws<ArgumentException>(() => Correlation.Pearson([1, 2], [1]));
    }

    [Fact]
    public void RanksIgnoreHowValuesAreSpread() => Prop.ForAll(
        Gen.Choose(-20, 20).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary(), values =>
        {
            double[] x = [.. values.Select(value => (double)value)];
            double[] y = [.. x.Reverse()];
            var spread = x.Select(value => Math.Exp(value / 5)).ToArray();
            var (plain, stretched) = (Correlation.Spearman(x, y), Correlation.Spearman(spread, y));
            Assert.Equal(plain.HasValue, stretched.HasValue);
            Assert.Equal(plain ?? 0, stretched ?? 0, 1e-12);
            Assert.Equal(x.Length * (x.Length + 1) / 2.0, Correlation.AverageRanks(x).Sum(), 1e-9);
            Assert.True(x.Distinct().Count() == 1 || Math.Abs(Correlation.Pearson(x, x)!.Value - 1) < 1e-12);
        }).QuickCheckThrowOnFailure();
}
