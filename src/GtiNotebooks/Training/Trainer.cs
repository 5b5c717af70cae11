using System.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>What a stage did.</summary>
/// <param name="Losses">Mean cross-entropy of each step's batch, nats per predicted token.</param>
/// <param name="Examples">Examples trained on, repetitions counted.</param>
/// <param name="Seconds">Wall-clock time.</param>
public sealed record TrainingResult(IReadOnlyList<double> Losses, long Examples, double Seconds);

/// <summary>The training loop; it knows neither prompts nor items.</summary>
public static class Trainer
{
    /// <summary>Trains the parameters that require gradients.</summary>
    /// <param name="stage">Name of the stage, for progress.</param>
    /// <param name="model">The model; parameters that are frozen stay bit-identical and have no optimiser state.</param>
    /// <param name="examples">What it trains on.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <exception cref="ArgumentException">An option is out of range, or nothing requires gradients.</exception>
    /// <exception cref="InvalidOperationException">The loss is no longer finite; the message names the step.</exception>
    /// <exception cref="OperationCanceledException">The stage was cancelled.</exception>
    public static TrainingResult Run(
        string stage, CausalLM model, IExampleSource examples, TrainingOptions options,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        var trained = model.parameters().Where(p => p.requires_grad).ToArray();
        if (trained.Length == 0)
            throw new ArgumentException("No parameter requires gradients; there is nothing to train", nameof(model));

        using var weights = new MasterWeights(trained);
        using var optimizer = optim.AdamW(weights.Parameters, options.LearningRate, 0.9, options.Beta2, 1e-8, options.WeightDecay);
        var losses = new List<double>(options.Steps);
        var clock = Stopwatch.StartNew();
        for (var step = 0; step < options.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rate = options.RateAt(step);
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = rate;
            losses.Add(Step(model, examples, options, step, optimizer, weights));
            if (!double.IsFinite(losses[^1]))
                throw new InvalidOperationException($"{stage}: the loss is {losses[^1]} at step {step + 1}; lower the learning rate of {options.LearningRate}");
            var elapsed = clock.Elapsed;
            progress?.Report(new TrainingProgress(
                stage, step + 1, options.Steps, losses[^1], rate, elapsed, elapsed / (step + 1) * (options.Steps - step - 1)));
        }

        optimizer.zero_grad();
        return new TrainingResult(losses, (long)options.Steps * options.BatchSize, clock.Elapsed.TotalSeconds);
    }

    private static double Step(
        CausalLM model, IExampleSource examples, TrainingOptions options, int step, optim.Optimizer optimizer, MasterWeights weights)
    {
        optimizer.zero_grad();
        var loss = AccumulateGradients(model, examples.Batch(step, options.BatchSize), options.MicroBatchSize);
        using var scope = NewDisposeScope();
        weights.TakeGradients();
        nn.utils.clip_grad_norm_(weights.Parameters, options.ClipNorm);
        optimizer.step();
        weights.GiveValues();
        return loss;
    }

    /// <summary>Adds the gradients of a batch's mean loss, micro-batch by micro-batch.</summary>
    /// <returns>The loss: mean over all predicted tokens of the batch, nats.</returns>
    internal static double AccumulateGradients(CausalLM model, IReadOnlyList<EncodedPrompt> batch, int microBatchSize)
    {
        static int Predicted(EncodedPrompt example) => example.Ids.Length - example.AnswerStart;
        var total = batch.Sum(Predicted);
        var sum = 0.0;
        foreach (var part in batch.OrderBy(example => example.Ids.Length).Chunk(microBatchSize))
        {
            using var scope = NewDisposeScope();
            var loss = TokenBatch.Of(part, model).Loss(model) * ((double)part.Sum(Predicted) / total);
            loss.backward();
            sum += loss.ToDouble();
        }

        return sum;
    }
}
