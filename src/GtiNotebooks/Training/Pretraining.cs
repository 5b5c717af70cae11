using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>How a small language model is made from plain text.</summary>
public sealed record PretrainingOptions
{
    /// <summary>Tokens of the vocabulary, the end-of-text token included.</summary>
    public int VocabularySize { get; init; } = 6144;

    /// <summary>Width of the residual stream.</summary>
    public int HiddenSize { get; init; } = 128;

    /// <summary>Decoder layers.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Tokens a training window.</summary>
    public int Window { get; init; } = 96;

    /// <summary>Seed of the weights and of the order of the texts.</summary>
    public int Seed { get; init; }

    /// <summary>Device of the model and type of its weights.</summary>
    public ModelPlacement Placement { get; init; } = ModelPlacement.Parse();

    /// <summary>Steps, batch and rate.</summary>
    public TrainingOptions Training { get; init; } =
        new(Steps: 1500, BatchSize: 24, LearningRate: 2e-3) { WarmupSteps = 100, WeightDecay = 0.05, Beta2 = 0.95, MicroBatchSize = 24 };

    /// <summary>The architecture these options describe: heads of width 32, half as many key and value heads, feed-forward 2.75 times as wide.</summary>
    /// <param name="vocabularySize">Tokens of the trained tokenizer.</param>
    /// <param name="endOfTextId">Id of the end-of-text token.</param>
    public ModelConfig Architecture(int vocabularySize, int endOfTextId) => new(
        vocabularySize, HiddenSize, HiddenSize * 11 / 4, Layers,
        Heads: HiddenSize / 32, KeyValueHeads: HiddenSize / 64, HeadWidth: 32,
        RmsNormEpsilon: 1e-6, RopeTheta: 10_000, MaxPositions: 512, endOfTextId);
}

/// <summary>What pretraining made.</summary>
/// <param name="Pretrained">The model and its tokenizer.</param>
/// <param name="Result">Losses and cost.</param>
/// <param name="Tokens">Tokens of the training texts.</param>
/// <param name="HeldOutLoss">Cross-entropy on the held-out texts, nats a token.</param>
public sealed record PretrainingResult(PretrainedModel Pretrained, TrainingResult Result, long Tokens, double HeldOutLoss);

/// <summary>Next-token training on plain text: from nothing, or on from a pretrained model (domain warm-up).</summary>
public static class Pretraining
{
    /// <summary>Content of the token that ends a text and pads a batch.</summary>
    public const string EndOfText = "<|endoftext|>";

    private const int HoldOutEvery = 100;

    /// <summary>Trains a tokenizer, then a language model. Every hundredth text is held out.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="options">Sizes, steps, seed.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public static PretrainingResult Run(
        IReadOnlyList<string> texts, PretrainingOptions options,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var kept = texts.Where((_, i) => i % HoldOutEvery != 0).ToArray();
        var heldOut = texts.Where((_, i) => i % HoldOutEvery == 0);
        var tokenizer = ByteLevelBpeTrainer.Train(kept, options.VocabularySize, [EndOfText]);
        var end = tokenizer.IdOf(EndOfText);
        var model = new CausalLM(options.Architecture(tokenizer.VocabularySize, end), options.Placement.Dtype, options.Placement.Device);
        model.InitialiseWeights(options.Seed);
        var corpus = new TextCorpus(kept, tokenizer, end, options.Window, options.Seed);
        var result = Trainer.Run("pretraining", model, corpus, options.Training, progress, cancellation);
        var loss = MeanLoss(model, new TextCorpus(heldOut, tokenizer, end, options.Window, options.Seed), options.Training.BatchSize);
        return new PretrainingResult(new PretrainedModel(model, tokenizer), result, corpus.Tokens, loss);
    }

    /// <summary>Domain warm-up: trains all parameters on a catalogue's texts, without interactions and before the vocabulary is extended.</summary>
    /// <param name="pretrained">The model; changed in place.</param>
    /// <param name="texts">Titles and descriptions.</param>
    /// <param name="training">Steps, batch and rate.</param>
    /// <param name="seed">Seed of the order of the texts.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public static TrainingResult WarmUp(
        PretrainedModel pretrained, IEnumerable<string> texts, TrainingOptions training, int seed,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var (model, tokenizer) = pretrained;
        var corpus = new TextCorpus(texts, tokenizer, model.Config.EndOfTextId, new PretrainingOptions().Window, seed);
        return Trainer.Run("domain warm-up", model, corpus, training, progress, cancellation);
    }

    /// <summary>Mean cross-entropy of one pass over a corpus, nats a token.</summary>
    private static double MeanLoss(CausalLM model, TextCorpus corpus, int batchSize)
    {
        using var frozen = no_grad();
        var batches = Math.Max(1, corpus.Windows / batchSize);
        return Enumerable.Range(0, batches).Average(step =>
        {
            using var scope = NewDisposeScope();
            return TokenBatch.Of(corpus.Batch(step, Math.Min(batchSize, corpus.Windows)), model).Loss(model).ToDouble();
        });
    }
}
