namespace GtiNotebooks.Training;

/// <summary>
/// Training options by name: the GTI paper's (arXiv 2604.02324; Qwen3-0.6B on four H100s) and ours for gti-mini on a laptop. The paper gives steps and
/// batch sizes, and one learning rate, that of <see cref="PaperGroundingEpochs"/>; where it gives none the rate here is ours.
/// </summary>
public static class StagePresets
{
    /// <summary>Grounding, the paper's longer schedule: 8,000 steps of 128, to be followed by <see cref="PaperAlignment"/>.</summary>
    public static TrainingOptions PaperGrounding { get; } = new(8_000, 128, 1e-3);

    /// <summary>Unfrozen alignment on the same prompts: 8,000 steps of 128. The rate is ours.</summary>
    public static TrainingOptions PaperAlignment { get; } = new(8_000, 128, 1e-4) { WarmupSteps = 200, WeightDecay = 0.01 };

    /// <summary>Fine-tuning on next-item prompts: 1,600 steps of 512. The rate is ours.</summary>
    public static TrainingOptions PaperFineTuning { get; } = new(1_600, 512, 3e-4) { WarmupSteps = 100, WeightDecay = 0.01 };

    /// <summary>Grounding for gti-mini: 400 steps of 48.</summary>
    public static TrainingOptions SmallGrounding { get; } = new(400, 48, 5e-3);

    /// <summary>Unfrozen alignment for gti-mini: 400 steps of 48.</summary>
    public static TrainingOptions SmallAlignment { get; } = new(400, 48, 1e-3) { WarmupSteps = 50, WeightDecay = 0.01 };

    /// <summary>Fine-tuning for gti-mini: 400 steps of 64.</summary>
    public static TrainingOptions SmallFineTuning { get; } = new(400, 64, 2e-3) { WarmupSteps = 50, WeightDecay = 0.01 };

    /// <summary>Grounding, the paper's schedule "unless otherwise stated": 10 passes over the pairs in batches of 16 at a rate of 1e-3.</summary>
    /// <param name="pairs">Pairs in one pass (<see cref="GroundingPrompts.Count"/>); positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no pairs.</exception>
    public static TrainingOptions PaperGroundingEpochs(int pairs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        return new TrainingOptions((int)Math.Ceiling(10.0 * pairs / 16), 16, 1e-3);
    }
}
