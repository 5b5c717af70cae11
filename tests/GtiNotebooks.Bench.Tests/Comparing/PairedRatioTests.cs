namespace GtiNotebooks.Bench.Tests.Comparing;

/// <summary>Ratios of pairs.</summary>
public class PairedRatioTests
{
    [Fact]
    public void EachPairIsDividedBeforeTheMiddleIsTaken() =>
        // 2, 3, 1.5; the ratio of the medians would be 3.
        Assert.Equal(new PairedRatio(2, 1.5, 3), PairedRatio.Of([(2, 1), (12, 4), (3, 2)]));

    [Fact]
    public void OfAnEvenNumberTheMiddleIsTheMeanOfTwo() => Assert.Equal(new PairedRatio(2.5, 1, 8), PairedRatio.Of([(8, 1), (1, 1), (2, 1), (3, 1)]));

    [Fact]
    public void NothingAndNumbersThatAreNoRatesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => PairedRatio.Of([]));
        Assert.Throws<ArgumentException>(() => PairedRatio.Of([(1, 0)]));
        Assert.Throws<ArgumentException>(() => PairedRatio.Of([(double.NaN, 1)]));
    }
}
