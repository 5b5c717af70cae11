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

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(10, 2.0)]
    [InlineData(60, 1.1)] // half way down
    [InlineData(109, 0.218)] // a hundredth above the end
    public void RateFallsInALine(int step, double rate) => Assert.Equal(rate, (Options with { Schedule = RateSchedule.Linear }).RateAt(step), 1e-12);

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(10, 2.0)]
    [InlineData(109, 2.0)]
    public void RateStaysConstant(int step, double rate) => Assert.Equal(rate, (Options with { Schedule = RateSchedule.Constant }).RateAt(step), 1e-12);

    [Theory]
    [InlineData(5, 1.2)]
    [InlineData(10, 2.0)]
    [InlineData(70, 2.0)] // the first of the 40 steps of decay
    [InlineData(80, 1.1)] // a quarter of them done: half of the way down
    [InlineData(106, 0.29237006350907524)] // nine tenths: 0.2 + 1.8 (1 - sqrt 0.9)
    public void RateIsStableThenDecays(int step, double rate) =>
        Assert.Equal(rate, (Options with { Schedule = RateSchedule.WarmupStableDecay(40) }).RateAt(step), 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void RefusesADecayThatDoesNotFit(int decaySteps) => Assert.Contains(
        "DecaySteps", Assert.Throws<ArgumentException>(() => (Options with { Schedule = RateSchedule.WarmupStableDecay(decaySteps) }).Validate()).Message);

    [Fact]
    public void RefusesValuesOutOfRangeByName()
    {
        Assert.Contains("BatchSize", Assert.Throws<ArgumentException>(() => (Options with { BatchSize = 0 }).Validate()).Message);
        Assert.Contains("LearningRate", Assert.Throws<ArgumentException>(() => (Options with { LearningRate = double.NaN }).Validate()).Message);
        Assert.Contains("ClipNorm", Assert.Throws<ArgumentException>(() => (Options with { ClipNorm = 0 }).Validate()).Message);
    }
}
