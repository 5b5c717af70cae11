using GtiNotebooks.Models;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>
/// What a training takes of memory, by arithmetic, in bytes. Weights, gradients and the optimiser's state are exact; what is kept for the backward
/// pass is counted for whole prompts of one length, and comes to less where weights are frozen. The program itself takes some 0.3 GB more.
/// </summary>
/// <param name="Weights">The model's, in the type it is held in, and the new rows in float32.</param>
/// <param name="Gradients">One a trained number, in the type of its weight.</param>
/// <param name="Moments">AdamW's two, float32.</param>
/// <param name="MasterCopies">Float32 copies of trained weights of 16 bits, and of their gradients.</param>
/// <param name="Snapshots">Copies of all weights that are kept beside.</param>
/// <param name="ForEachPrompt">What one prompt of a micro-batch keeps for the backward pass, with its logits.</param>
/// <param name="MicroBatch">Prompts of a micro-batch.</param>
public sealed record TrainingMemory(
    long Weights, long Gradients, long Moments, long MasterCopies, long Snapshots, long ForEachPrompt, int MicroBatch)
{
    private const int Float32 = 4;
    private const int LogitCopies = 3; // logits, their log-softmax, its gradient

    /// <summary>What does not depend on the batch.</summary>
    public long Standing => Weights + Gradients + Moments + MasterCopies + Snapshots;

    /// <summary>All of it.</summary>
    public long Total => Standing + MicroBatch * ForEachPrompt;

    /// <summary>Estimates a training.</summary>
    /// <param name="config">The model.</param>
    /// <param name="options">How it is trained; the micro-batch counts, and the batch where that is smaller.</param>
    /// <param name="load">What it is trained on, and what of it trains.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static TrainingMemory Estimate(ModelConfig config, TrainingOptions options, TrainingLoad load)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(load);
        config.Validate();
        options.Validate();
        load.Validate();
        var newNumbers = (config.TiedHead ? 1L : 2L) * load.NewTokens * config.HiddenSize;
        var trainedText = load.Trained == TrainedPart.AllWeights ? config.ParameterCount : 0;
        var size = load.Dtype == ScalarType.Float32 ? Float32 : 2;
        var weights = config.ParameterCount * size + newNumbers * Float32;
        return new TrainingMemory(
            weights, trainedText * size + newNumbers * Float32, 2 * Float32 * (trainedText + newNumbers), size == Float32 ? 0 : 2 * Float32 * trainedText,
            load.Snapshots * weights, Kept(config, load), Math.Min(options.MicroBatchSize, options.BatchSize));
    }

    /// <summary>What to do where it does not fit; null where it does.</summary>
    /// <param name="availableBytes">Memory that is free, such as <see cref="FreeMemory.Bytes"/>.</param>
    public string? AdviceFor(long availableBytes)
    {
        if (Total <= availableBytes)
            return null;
        var start = FormattableString.Invariant($"Training needs about {Total / 1e9:F1} GB of memory, and {availableBytes / 1e9:F1} GB are free. ");
        var fits = (availableBytes - Standing) / ForEachPrompt;
        return start + (fits >= 1
            ? FormattableString.Invariant($"A micro-batch of {fits} prompts would fit (MicroBatchSize; the result differs by rounding only), as would shorter titles, descriptions or histories.")
            : FormattableString.Invariant($"Weights, gradients and the optimiser's state alone are {Standing / 1e9:F1} GB, whatever the batch: train adapters (LoRA) or the new rows only, load the model in bfloat16, or take a smaller one."));
    }

    // Numbers that the decoder keeps of a token in one layer: two norms of four steps, two residual sums and two outputs of the hidden width; queries and
    // keys projected, normed, turned, repeated and mixed; three steps of attention over all tokens; four of the feed-forward block.
    private static long Kept(ModelConfig config, TrainingLoad load)
    {
        long queries = (long)config.Heads * config.HeadWidth, keys = (long)config.KeyValueHeads * config.HeadWidth, tokens = load.PromptTokens;
        var ofToken = 12L * config.HiddenSize + 8 * queries + 6 * keys + 3L * config.Heads * tokens + 4L * config.IntermediateSize;
        var logits = LogitCopies * load.AnswerTokens * ((long)config.VocabularySize + load.NewTokens);
        return Float32 * (config.Layers * tokens * ofToken + logits);
    }
}
