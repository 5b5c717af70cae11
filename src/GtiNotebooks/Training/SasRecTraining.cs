using System.Diagnostics;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>One pass over the training sequences.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Loss">Mean cross-entropy over its steps, nats per predicted item.</param>
/// <param name="ValidationNdcg">NDCG@10 on the validation rows after it, in [0, 1].</param>
public sealed record SasRecEpoch(int Number, double Loss, double ValidationNdcg);

/// <summary>What a training of SASRec made.</summary>
/// <param name="Model">The model with the weights of the best epoch; the holder disposes it.</param>
/// <param name="Epochs">All epochs, in order.</param>
/// <param name="Best">The epoch with the highest validation NDCG@10, the first of equals.</param>
/// <param name="Steps">Optimiser steps taken.</param>
/// <param name="Examples">Items predicted in training, repetitions counted.</param>
/// <param name="Seconds">Wall-clock time, validation included.</param>
public sealed record SasRecTrainingResult(
    SasRec Model, IReadOnlyList<SasRecEpoch> Epochs, SasRecEpoch Best, int Steps, long Examples, double Seconds);

/// <summary>
/// Trains SASRec: cross-entropy over all items at every position of whole user sequences (no sampled negatives, which is known to cost accuracy),
/// Adam, early stopping on validation NDCG@10.
/// </summary>
public sealed class SasRecTraining
{
    /// <summary>Name of the stage in progress and records.</summary>
    public const string Name = "SASRec";

    private readonly EncodedPrompt[] sequences;
    private readonly EpochSampler sampler;
    private readonly NextItemExample[] validation;
    private readonly SasRecOptions options;
    private readonly SasRecConfig config;
    private readonly int seed;

    /// <summary>Prepares a training.</summary>
    /// <param name="itemCount">Items in the catalogue; at least 1.</param>
    /// <param name="trainingEvents">Each user's items, as <see cref="TrainingEvents.Of"/> gives them; users with fewer than two teach nothing.</param>
    /// <param name="validation">The rows that choose the epoch; at least one.</param>
    /// <param name="options">Sizes and how to train.</param>
    /// <param name="seed">Seed of the first weights, of the order of the sequences and of dropout.</param>
    /// <exception cref="ArgumentException">There is nothing to train on or to validate with, an item is not in the catalogue, or sizes do not fit.</exception>
    public SasRecTraining(
        int itemCount, IReadOnlyList<IReadOnlyList<int>> trainingEvents, IReadOnlyList<NextItemExample> validation, SasRecOptions options, int seed)
    {
        (config, this.options, this.seed, this.validation) = (options.Architecture(itemCount), options, seed, validation.ToArray());
        config.Validate();
        sequences = trainingEvents.SelectMany(Windows).ToArray();
        if (sequences.Length == 0)
            throw new ArgumentException("No user has two training events; there is nothing to train on", nameof(trainingEvents));
        if (validation.Count == 0)
            throw new ArgumentException("There are no validation rows, so no epoch can be chosen", nameof(validation));
        CheckItems(trainingEvents.SelectMany(items => items), nameof(trainingEvents));
        CheckItems(validation.SelectMany(row => row.History.Append(row.Target)), nameof(validation));
        sampler = new EpochSampler(sequences.Length, seed);
    }

    private int StepsPerEpoch => (sequences.Length + options.BatchSize - 1) / options.BatchSize;

    /// <summary>Trains until the validation NDCG@10 has not risen for a while, and goes back to the best weights.</summary>
    /// <param name="progress">Told after every step; the steps in all are an upper bound.</param>
    /// <param name="device">Where the model runs; the CPU if left out.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <exception cref="InvalidOperationException">The loss is no longer finite; the message names the step.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public SasRecTrainingResult Run(IProgress<TrainingProgress>? progress = null, Device? device = null, CancellationToken cancellation = default)
    {
        var model = new SasRec(config, device: device);
        try
        {
            return Train(model, progress, cancellation);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private SasRecTrainingResult Train(SasRec model, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        model.InitialiseWeights(seed);
        using var dropout = new SeededDropout(options.Dropout, seed, model.Device);
        using var optimizer = new AdamW(model.parameters().Select(parameter => (parameter, 0.0)));
        using var best = new BestWeights(model);
        var epochs = new List<SasRecEpoch>();
        var (clock, examples) = (Stopwatch.StartNew(), 0L);
        while (epochs.Count < options.MaxEpochs && epochs.Count < best.At + options.Patience)
        {
            var losses = new double[StepsPerEpoch];
            for (var i = 0; i < losses.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var step = epochs.Count * StepsPerEpoch + i;
                losses[i] = Step(model, step, dropout, optimizer, ref examples);
                progress?.Report(Progress(step, losses[i], clock.Elapsed));
            }

            epochs.Add(new SasRecEpoch(epochs.Count + 1, losses.Average(), NextItemNdcg.Of(model, validation)));
            best.Consider(epochs[^1].Number, epochs[^1].ValidationNdcg);
        }

        optimizer.ZeroGradients();
        best.Restore();
        return new SasRecTrainingResult(
            model, epochs, epochs[best.At - 1], epochs.Count * StepsPerEpoch, examples, clock.Elapsed.TotalSeconds);
    }

    private double Step(SasRec model, int step, SeededDropout dropout, AdamW optimizer, ref long examples)
    {
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Of(
            sampler.Batch(step, options.BatchSize).Select(i => sequences[i]).ToArray(), padding: 0, columnOf: item => item, model.Device);
        var hidden = model.Forward(batch.Ids, dropout.Apply);
        var loss = nn.functional.cross_entropy(model.Logits(hidden.view(-1, config.Width).index_select(0, batch.Predictors)), batch.Targets);
        optimizer.ZeroGradients();
        loss.backward();
        optimizer.Step(options.LearningRate);
        examples += batch.Targets.shape[0];
        var value = loss.Number();
        return double.IsFinite(value)
            ? value
            : throw new InvalidOperationException($"{Name}: the loss is {value} at step {step + 1}; lower the learning rate of {options.LearningRate}");
    }

    private TrainingProgress Progress(int step, double loss, TimeSpan elapsed)
    {
        var steps = options.MaxEpochs * StepsPerEpoch;
        return new TrainingProgress(Name, step + 1, steps, loss, options.LearningRate, elapsed, elapsed / (step + 1) * (steps - step - 1));
    }

    /// <summary>Windows of a sequence that overlap by one event, so that every event but the first is predicted once.</summary>
    private IEnumerable<EncodedPrompt> Windows(IReadOnlyList<int> items)
    {
        for (var first = 0; first + 1 < items.Count; first += options.MaxLength)
            yield return new EncodedPrompt(items.Skip(first).Take(options.MaxLength + 1).ToArray(), AnswerStart: 1);
    }

    private void CheckItems(IEnumerable<int> items, string name)
    {
        foreach (var item in items)
        {
            if (item < 0 || item >= config.Items)
                throw new ArgumentException($"There is an event of item {item}; the catalogue's items are 0 to {config.Items - 1}", name);
        }
    }
}
