using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>The training loop; it knows neither prompts nor items.</summary>
public static class Trainer
{
    /// <summary>Trains the parameters that require gradients.</summary>
    /// <param name="stage">Name of the stage, for progress.</param>
    /// <param name="model">The model; parameters that are frozen stay bit-identical and have no optimiser state.</param>
    /// <param name="examples">What it trains on.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops before the next step; with <paramref name="checkpoints"/> what was done is saved first.</param>
    /// <param name="validation">When to measure the model and when to stop early; the best weights are restored at the end. Null: all steps, and the last weights.</param>
    /// <param name="checkpoints">
    /// Where to save the run and to find it again: one that was broken off there goes on and ends bit-identical to one that was not; one that is
    /// finished gives its result at once. Needs the model as it was when the run began (or as the run left it), the same examples and options.
    /// </param>
    /// <param name="prefixes">
    /// Whether to run what stands before a prompt's first new token once for all; null: prompts run whole. Needs a model of which only the rows of
    /// new tokens train. Losses and gradients are the same but for rounding.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of range, or nothing requires gradients.</exception>
    /// <exception cref="InvalidDataException">A checkpoint cannot be read, or is another run's; the message says what differs.</exception>
    /// <exception cref="IOException">Another run uses the folder of the checkpoints, or it cannot be written.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loss or the validation metric is no longer finite; the message names the step. Or prefixes are reused while other parameters than the
    /// new rows require gradients or change; the message names one.
    /// </exception>
    /// <exception cref="OperationCanceledException">The stage was cancelled.</exception>
    public static TrainingResult Run(
        string stage, CausalLM model, IExampleSource examples, TrainingOptions options,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default,
        TrainingValidation? validation = null, CheckpointPlan? checkpoints = null, PrefixReuse? prefixes = null)
    {
        options.Validate();
        validation?.Validate();
        checkpoints?.Validate();
        prefixes?.Validate();
        using var run = new TrainingRun(stage, model, examples, options, validation, prefixes);
        using var store = checkpoints is null ? null : CheckpointStore.Open(checkpoints, run);
        while (!run.IsFinished)
        {
            if (cancellation.IsCancellationRequested)
                store?.Save();
            cancellation.ThrowIfCancellationRequested();
            var report = run.Advance();
            store?.Log.Report(report);
            progress?.Report(report);
            store?.SaveIfDue();
        }

        store?.Save();
        return run.Finish();
    }

    /// <summary>Adds the gradients of a batch's mean loss, micro-batch by micro-batch.</summary>
    /// <returns>The loss: mean over all predicted tokens of the batch, nats.</returns>
    internal static double AccumulateGradients(CausalLM model, IReadOnlyList<EncodedPrompt> batch, int microBatchSize) =>
        AccumulateGradients(new WholePromptLoss(model), batch, microBatchSize);

    /// <summary>The same for any way to compute the loss.</summary>
    internal static double AccumulateGradients(IPromptLoss losses, IReadOnlyList<EncodedPrompt> batch, int microBatchSize)
    {
        static int Predicted(EncodedPrompt example) => example.Ids.Length - example.AnswerStart;
        var total = batch.Sum(Predicted);
        var sum = 0.0;
        foreach (var part in batch.OrderBy(losses.TokensToRun).Chunk(microBatchSize))
        {
            using var scope = NewDisposeScope();
            sum += losses.Predict(part).AddGradients((double)part.Sum(Predicted) / total);
        }

        return sum;
    }
}
