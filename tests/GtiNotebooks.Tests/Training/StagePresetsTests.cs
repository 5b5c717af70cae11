using GtiNotebooks.Studies;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Training;

public sealed class StagePresetsTests
{
    [Fact]
    public void ThePapersAreThePapers()
    {
        Assert.Equal((8_000, 128), (StagePresets.PaperGrounding.Steps, StagePresets.PaperGrounding.BatchSize));
        Assert.Equal((8_000, 128), (StagePresets.PaperAlignment.Steps, StagePresets.PaperAlignment.BatchSize));
        Assert.Equal((1_600, 512), (StagePresets.PaperFineTuning.Steps, StagePresets.PaperFineTuning.BatchSize));
        var epochs = StagePresets.PaperGroundingEpochs(pairs: 1_001);
        Assert.Equal((626, 16, 1e-3), (epochs.Steps, epochs.BatchSize, epochs.LearningRate)); // 10,010 / 16 = 625.6
        Assert.Throws<ArgumentOutOfRangeException>(() => StagePresets.PaperGroundingEpochs(0));
    }

    [Fact]
    public void TheSmallOnesAreTheStudys()
    {
        var study = new StudyOptions();
        Assert.Equal((study.GroundingSteps, study.GroundingBatch, study.GroundingLearningRate),
            (StagePresets.SmallGrounding.Steps, StagePresets.SmallGrounding.BatchSize, StagePresets.SmallGrounding.LearningRate));
        Assert.Equal((study.FineTuningSteps, study.FineTuningBatch, study.WarmupSteps, study.WeightDecay),
            (StagePresets.SmallFineTuning.Steps, StagePresets.SmallFineTuning.BatchSize, StagePresets.SmallFineTuning.WarmupSteps, StagePresets.SmallFineTuning.WeightDecay));
        Assert.Contains(StagePresets.SmallFineTuning.LearningRate, study.FineTuningLearningRates);
        TrainingOptions[] all = [StagePresets.PaperGrounding, StagePresets.PaperAlignment, StagePresets.PaperFineTuning, StagePresets.SmallGrounding, StagePresets.SmallAlignment, StagePresets.SmallFineTuning];
        foreach (var options in all)
            options.Validate();
    }
}
