using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Training;

public class TrainingOptionsTests
{
    private static readonly TrainingOptions Options = new(Steps: 110, BatchSize: 4, LearningRate: 2.0) { WarmupSteps = 10, FinalRateShare = 0.1 };

    [Theory]
    [InlineData(0, 0.2)] // a tenth of the way up
    [InlineData(9, 2.0)]
    [InlineData(10, 2.0)] // the cosine's first value
    [InlineData(60, 1.1)] // half way down: the middle of 2.0 and 0.2
    public void RateWarmsUpThenFollowsTheCosine(int step, double rate) => Assert.Equal(rate, Options.RateAt(step), 1e-12);

    [Fact]
    public void RateNeverFallsBelowItsFinalShare() =>
        Assert.All(Enumerable.Range(10, 100), step => Assert.InRange(Options.RateAt(step), 0.2, 2.0));

    [Fact]
    public void RefusesValuesOutOfRangeByName()
    {
        Assert.Contains("BatchSize", Assert.Throws<ArgumentException>(() => (Options with { BatchSize = 0 }).Validate()).Message);
        Assert.Contains("LearningRate", Assert.Throws<ArgumentException>(() => (Options with { LearningRate = double.NaN }).Validate()).Message);
        Assert.Contains("ClipNorm", Assert.Throws<ArgumentException>(() => (Options with { ClipNorm = 0 }).Validate()).Message);
    }
}
