using GtiNotebooks.Studies;

namespace GtiNotebooks.Tests.Studies;

public sealed class StudyOptionsTests
{
    public static TheoryData<string, Func<StudyOptions>> Refused => new()
    {
        { "GroundingSteps", () => new StudyOptions { GroundingSteps = -1 } },
        { "GroundingBatch", () => new StudyOptions { GroundingBatch = 0 } },
        { "GroundingLearningRate", () => new StudyOptions { GroundingLearningRate = 0 } },
        { "FineTuningSteps", () => new StudyOptions { FineTuningSteps = -1 } },
        { "FineTuningBatch", () => new StudyOptions { FineTuningBatch = 0 } },
        { "FineTuningLearningRates", () => new StudyOptions { FineTuningLearningRates = [1e-3, double.NaN] } },
        { "FineTuningLearningRates", () => new StudyOptions { FineTuningLearningRates = [] } },
        { "FineTuningLearningRates", () => new StudyOptions { FineTuningLearningRates = [1e-3, 1e-3] } },
        { "ValidationRowLimit", () => new StudyOptions { ValidationRowLimit = 0 } },
        { "WarmupSteps", () => new StudyOptions { WarmupSteps = -1 } },
        { "WeightDecay", () => new StudyOptions { WeightDecay = -0.1 } },
        { "GradientClip", () => new StudyOptions { GradientClip = double.PositiveInfinity } },
        { "BeamWidth", () => new StudyOptions { BeamWidth = 0 } },
        { "MaxHistory", () => new StudyOptions { MaxHistory = 0 } },
        { "MaxTitleTokens", () => new StudyOptions { MaxTitleTokens = 0 } },
        { "MaxDescriptionTokens", () => new StudyOptions { MaxDescriptionTokens = 0 } },
        { "DomainWarmupSteps", () => new StudyOptions { DomainWarmupSteps = -1 } },
        { "ValidationRows", () => new StudyOptions { EarlyStopping = new EarlyStopping(ValidationRows: 0) } },
        { "EverySteps", () => new StudyOptions { EarlyStopping = new EarlyStopping() with { EverySteps = 0 } } },
        { "Patience", () => new StudyOptions { EarlyStopping = new EarlyStopping(Patience: -1) } },
        { "TestRowLimit", () => new StudyOptions() with { TestRowLimit = 0 } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void AValueOutOfRangeIsRefusedByName(string option, Func<StudyOptions> make)
    {
        var problem = Assert.Throws<ArgumentOutOfRangeException>(() => make());
        Assert.Equal(option, problem.ParamName);
        Assert.Contains(option + " must be", problem.Message);
    }

    [Fact]
    public void TheDefaultsAreTheReferenceStudys()
    {
        var options = new StudyOptions();
        Assert.Equal((400, 48, 400, 64), (options.GroundingSteps, options.GroundingBatch, options.FineTuningSteps, options.FineTuningBatch));
        Assert.Null(options.TestRowLimit);
        Assert.Equal(0, options.DomainWarmupSteps);
        Assert.Equal(options, new StudyOptions { TestRowLimit = null });
        Assert.NotEqual(options, options with { BeamWidth = 20 });
        Assert.Equal(options, options with { FineTuningLearningRates = [.. options.FineTuningLearningRates] });
        Assert.NotEqual(options, options with { FineTuningLearningRates = [1e-3] });
    }
}
