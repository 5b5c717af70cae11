using GtiNotebooks.Models;
using GtiNotebooks.Text;

namespace GtiNotebooks.Training;

/// <summary>What pretraining made.</summary>
/// <param name="Pretrained">The model and its tokenizer; the holder disposes it.</param>
/// <param name="Result">Losses and cost.</param>
/// <param name="Tokens">Tokens of the training texts, an end token after each counted.</param>
public sealed record PretrainingResult(PretrainedModel Pretrained, TrainingResult Result, long Tokens);

/// <summary>Next-token training on plain text: from nothing, or on from a pretrained model (domain warm-up).</summary>
public static class Pretraining
{
    /// <summary>Content of the token that ends a text and pads a batch.</summary>
    public const string EndOfText = "<|endoftext|>";

    /// <summary>Trains a tokenizer on the sources' training texts, then a language model on the same texts, all shuffled together.</summary>
    /// <param name="sources">The sources; their held-out texts are not touched.</param>
    /// <param name="options">Sizes, steps, seed.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops before the next step; with <paramref name="checkpoints"/> what was done is saved first.</param>
    /// <param name="checkpoints">Where to save the training and to go on from; null: nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public static PretrainingResult Run(
        IReadOnlyList<PretrainingText> sources, PretrainingOptions options,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default,
        CheckpointPlan? checkpoints = null)
    {
        options.Validate();
        var texts = sources.SelectMany(source => source.Training).ToArray();
        var tokenizer = ByteLevelBpeTrainer.Train(texts, options.VocabularySize, [EndOfText]);
        var end = tokenizer.IdOf(EndOfText);
        var model = new CausalLM(options.Architecture(tokenizer.VocabularySize, end), options.Placement.Dtype, options.Placement.Device);
        try
        {
            model.InitialiseWeights(options.Seed);
            var corpus = new TextCorpus(texts, tokenizer, end, options.Window, options.Seed);
            var result = Trainer.Run("pretraining", model, corpus, options.Training, progress, cancellation, checkpoints: checkpoints);
            return new PretrainingResult(new PretrainedModel(model, tokenizer), result, corpus.Tokens);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Domain warm-up: trains all parameters on a catalogue's texts, without interactions and before the vocabulary is extended.</summary>
    /// <param name="pretrained">The model; changed in place.</param>
    /// <param name="texts">Titles and descriptions.</param>
    /// <param name="training">Steps, batch and rate.</param>
    /// <param name="seed">Seed of the order of the texts.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops before the next step; with <paramref name="checkpoints"/> what was done is saved first.</param>
    /// <param name="checkpoints">Where to save the training and to go on from; null: nowhere.</param>
    public static TrainingResult WarmUp(
        PretrainedModel pretrained, IEnumerable<string> texts, TrainingOptions training, int seed,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default,
        CheckpointPlan? checkpoints = null)
    {
        var (model, tokenizer) = pretrained;
        var corpus = new TextCorpus(texts, tokenizer, model.Config.EndOfTextId, new PretrainingOptions().Window, seed);
        return Trainer.Run("domain warm-up", model, corpus, training, progress, cancellation, checkpoints: checkpoints);
    }
}
