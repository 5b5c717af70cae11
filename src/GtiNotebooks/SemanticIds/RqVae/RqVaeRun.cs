using System.Diagnostics;
using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>One training of an RQ-VAE: its epochs, its evaluations, its best weights.</summary>
internal sealed class RqVaeRun : IDisposable
{
    private readonly RqVae model;
    private readonly Tensor items;
    private readonly RqVaeOptions options;
    private readonly Random random;
    private readonly SeededDropout dropout;
    private readonly AdamW optimizer;
    private readonly int[] order;
    private double learningRate;
    private RqVaeStep? step; // null until the codebooks are started

    public RqVaeRun(RqVae model, Tensor items, RqVaeOptions options)
    {
        (this.model, this.items, this.options) = (model, items, options);
        random = new Random(options.Seed);
        learningRate = options.LearningRate;
        dropout = new SeededDropout(options.Dropout, options.Seed, model.Device);
        order = [.. Enumerable.Range(0, (int)items.shape[0])];
        var codebooks = options.CodebookUpdate == CodebookUpdate.Gradient ? new[] { (model.Codebooks, 0.0) } : [];
        optimizer = new AdamW(model.AutoencoderParameters.Select(parameter => (parameter, options.WeightDecay)).Concat(codebooks));
    }

    /// <summary>Weight of the codebooks' part of the loss beside the reconstruction.</summary>
    internal double QuantisationWeight { get; init; } = 1;

    /// <summary>Trains, and leaves the model with the weights of the best evaluation.</summary>
    public IReadOnlyList<RqVaeEpoch> Train(IProgress<RqVaeEpoch>? progress, Stopwatch clock, CancellationToken cancellation)
    {
        var history = new List<RqVaeEpoch>();
        using var best = new BestRqVae(model, options);
        var revived = 0;
        for (var epoch = 1; epoch <= options.Epochs; epoch++)
        {
            random.Shuffle(order);
            if (epoch == options.AutoencoderEpochs + 1) StartCodebooks(cancellation);
            learningRate = RateIn(epoch);
            var loss = Epoch(epoch, cancellation);
            revived += step?.Revive(random) ?? 0;
            if (step is null || (epoch % options.EvaluateEvery != 0 && epoch != options.Epochs)) continue;

            var now = RqVaeEvaluation.Of(model, items);
            history.Add(new RqVaeEpoch(epoch, loss, now.Reconstruction, now.Errors, CodeUse.Perplexities(now.Codes),
                CodeUse.CollisionRate(now.Codes), revived, clock.Elapsed.TotalSeconds));
            revived = 0;
            progress?.Report(history[^1]);
            if (!best.Consider(history[^1]) && best.Worse >= options.Patience) break;
        }
        model.zero_grad();
        best.Restore();
        return history;
    }

    /// <summary>K-means, level by level, on the latent vectors of the items or of a sample of them.</summary>
    private void StartCodebooks(CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        // The order is a fresh shuffle already.
        var sample = order.Take(Math.Max(options.StartVectors, options.CodebookSize)).ToArray();
        var residual = model.Encode(Rows(sample)).cpu().to(ScalarType.Float64);
        for (var level = 0; level < options.Levels; level++)
        {
            var (labels, centres) = KMeans.Fit(residual, options.CodebookSize, 10, ClusterSizes.Free, random, cancellation);
            model.Codebooks.detach().select(0, level).copy_(centres);
            residual = residual - centres.index_select(0, tensor(labels));
        }
        BeginCodebooks();
    }

    /// <summary>From now on the codebooks are trained, from where they are.</summary>
    internal void BeginCodebooks() => step = new RqVaeStep(model, options);

    private double Epoch(int epoch, CancellationToken cancellation)
    {
        step?.BeginEpoch(random);
        var losses = new List<double>();
        foreach (var batch in order.Chunk(options.BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            losses.Add(Step(batch, epoch <= options.DropoutEpochs ? dropout.Apply : state => state));
            if (!double.IsFinite(losses[^1]))
                throw new InvalidOperationException($"RQ-VAE: the loss is {losses[^1]} in epoch {epoch}; lower the learning rate of {options.LearningRate}");
        }
        return losses.Average();
    }

    /// <summary>One step on the items of a batch.</summary>
    /// <returns>Its loss.</returns>
    internal double Step(int[] batch, Func<Tensor, Tensor> drop)
    {
        using var scope = NewDisposeScope();
        var inputs = model.Standardise_(Rows(batch));
        var latent = model.EncodeStandardised(inputs, drop);
        var sums = latent;
        var loss = zeros(1, device: model.Device);
        if (step is not null)
        {
            var quantised = step.Quantise(latent);
            sums = quantised.StraightThrough;
            loss = loss.Plus(step.Loss(quantised, random).Times(QuantisationWeight));
        }
        loss = loss.Plus(nn.functional.mse_loss(model.DecodeStandardised(sums, drop), inputs));
        model.zero_grad();
        loss.backward();
        optimizer.Step(learningRate);
        step?.MoveCodes();
        return loss.item<float>();
    }

    private double RateIn(int epoch) => options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * (epoch - 1) / options.Epochs));

    private Tensor Rows(int[] batch) => items.index_select(0, tensor(Array.ConvertAll(batch, item => (long)item), device: items.device));

    public void Dispose()
    {
        step?.Dispose();
        optimizer.Dispose();
        dropout.Dispose();
    }
}
