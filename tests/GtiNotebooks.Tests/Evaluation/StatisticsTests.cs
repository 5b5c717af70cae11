using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

public sealed class StatisticsTests
{
    [Fact]
    public void ThreeValuesByHand()
    {
        // Mean 4, deviations -2, 0, 2: variance 8 / 2 = 4, standard error 2 / sqrt(3), t(2) = 4.302653.
        var interval = Statistics.MeanInterval([2, 4, 6]);
        Assert.Equal(4, interval.Mean, 12);
        Assert.Equal(4.302653 * 2 / Math.Sqrt(3), interval.HalfWidth, 5);
        Assert.Equal(4 - interval.HalfWidth, interval.Low, 12);
        Assert.Equal(3, interval.Count);
        Assert.True(interval.HasInterval);
        Assert.False(interval.ExcludesZero);
    }

    [Fact]
    public void OneValueHasNoInterval()
    {
        var interval = Statistics.MeanInterval([0.25]);
        Assert.Equal((0.25, 1), (interval.Mean, interval.Count));
        Assert.True(double.IsNaN(interval.Low) && double.IsNaN(interval.High) && double.IsNaN(interval.HalfWidth));
        Assert.False(interval.HasInterval);
        Assert.False(interval.ExcludesZero);
    }

    [Fact]
    public void EqualValuesHaveAnIntervalOfWidthZero() =>
        Assert.Equal(new ConfidenceInterval(0.5, 0.5, 0.5, 4), Statistics.MeanInterval([0.5, 0.5, 0.5, 0.5]));

    [Fact]
    public void WhatPairsShareCancels()
    {
        // Differences 1, 2, 3 though the values themselves are far apart: mean 2, standard error 1 / sqrt(3).
        var difference = Statistics.PairedDifference([10, 200, 3000], [11, 202, 3003]);
        Assert.Equal(2, difference.Mean, 12);
        Assert.Equal(4.302653 / Math.Sqrt(3), difference.HalfWidth, 5);
        Assert.True(Statistics.PairedDifference([1, 1, 1], [2, 2.1, 1.9]).ExcludesZero);
    }

    [Fact]
    public void GainIsTheDifferenceInUnitsOfTheBaselinesMean()
    {
        var gain = Statistics.RelativeGain([10, 20, 30], [11, 22, 33]);
        var difference = Statistics.PairedDifference([10, 20, 30], [11, 22, 33]);
        Assert.Equal(0.1, gain.Mean, 12);
        Assert.Equal(difference.Low / 20, gain.Low, 12);
        Assert.Equal(difference.High / 20, gain.High, 12);
        Assert.True(double.IsNaN(Statistics.RelativeGain([0, 0], [1, 1]).Mean));
    }

    [Fact]
    public void BadValuesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Statistics.MeanInterval([]));
        Assert.Throws<ArgumentException>(() => Statistics.MeanInterval([1, double.NaN]));
        Assert.Contains("2", Assert.Throws<ArgumentException>(() => Statistics.PairedDifference([1, 2], [1])).Message);
    }
}
