namespace GtiNotebooks.Training;

/// <summary>How a stage trains: AdamW with linear warmup, then a <see cref="RateSchedule"/>, both computed from the step number alone.</summary>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="BatchSize">Examples a step.</param>
/// <param name="LearningRate">Peak rate.</param>
public sealed record TrainingOptions(int Steps, int BatchSize, double LearningRate)
{
    /// <summary>Steps of linear warmup.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>How the rate runs after the warmup.</summary>
    public RateSchedule Schedule { get; init; } = RateSchedule.Cosine;

    /// <summary>Where a falling schedule ends, as a share of the peak.</summary>
    public double FinalRateShare { get; init; } = 0.1;

    /// <summary>AdamW's decoupled weight decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>What decays. <see cref="WeightDecayScope.AllWeights"/> is what every preset and every committed record has.</summary>
    public WeightDecayScope DecayScope { get; init; } = WeightDecayScope.AllWeights;

    /// <summary>AdamW's second-moment decay.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Gradients are scaled down to this global norm.</summary>
    public double ClipNorm { get; init; } = 1.0;

    /// <summary>
    /// How many of a step's examples run through the model together; the step sums their gradients. They go shortest first, so that little of
    /// what runs is padding: on prompts of mixed length this makes a step on a CPU half as long. The result differs by rounding only.
    /// </summary>
    public int MicroBatchSize { get; init; } = 16;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">From 0 to <see cref="Steps"/> - 1.</param>
    public double RateAt(int step)
    {
        if (step < WarmupSteps)
            return LearningRate * (step + 1) / WarmupSteps;
        return LearningRate * Schedule.Share(step - WarmupSteps, Steps - WarmupSteps, FinalRateShare);
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        Check(Steps >= 0, nameof(Steps), Steps, "0 or more");
        Check(BatchSize > 0, nameof(BatchSize), BatchSize, "positive");
        Check(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "positive");
        Check(WarmupSteps >= 0, nameof(WarmupSteps), WarmupSteps, "0 or more");
        Check(FinalRateShare is >= 0 and <= 1, nameof(FinalRateShare), FinalRateShare, "in [0, 1]");
        Schedule.Validate(this);
        Check(Enum.IsDefined(DecayScope), nameof(DecayScope), (int)DecayScope, $"one of {string.Join(", ", Enum.GetNames<WeightDecayScope>())}");
        Check(WeightDecay >= 0, nameof(WeightDecay), WeightDecay, "0 or more");
        Check(Beta2 is > 0 and < 1, nameof(Beta2), Beta2, "in (0, 1)");
        Check(ClipNorm > 0, nameof(ClipNorm), ClipNorm, "positive");
        Check(MicroBatchSize > 0, nameof(MicroBatchSize), MicroBatchSize, "positive");
    }

    private static void Check(bool holds, string name, double value, string wanted)
    {
        if (!holds)
            throw new ArgumentException($"{name} is {value}; it must be {wanted}");
    }
}
