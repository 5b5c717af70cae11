using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.Training;

namespace GtiNotebooks.Host.LanguageModels;

/// <summary>Makes the small language model that the course starts from, and measures it.</summary>
public static class BundledModel
{
    /// <summary>
    /// Trains, measures and writes the model with its records and its card. While it trains, what it needs to go on after an interruption lies
    /// beside the folder, in one of the same name that ends in <c>.checkpoint</c>.
    /// </summary>
    /// <param name="folder">Folder to write.</param>
    /// <param name="sources">The texts.</param>
    /// <param name="options">Sizes, steps, seed.</param>
    /// <param name="wordNet">Folder of WordNet's data files, whose relations tell which words belong together.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops before the next step; the folder stays as it was, and the next call with the same options goes on from there.</param>
    /// <returns>What was written to <c>pretraining.json</c>.</returns>
    /// <exception cref="InvalidDataException">The checkpoint is of other options or texts; the message says what differs.</exception>
    public static PretrainingRecord Make(
        string folder, IReadOnlyList<PretrainingText> sources, PretrainingOptions options, string wordNet,
        IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        var checkpoints = new CheckpointPlan(Path.TrimEndingDirectorySeparator(folder) + ".checkpoint");
        var made = Pretraining.Run(sources, options, progress, cancellation, checkpoints);
        using var pretrained = made.Pretrained;
        var record = Measure(made, sources, options, wordNet, cancellation);
        CheckpointFolder.Save(folder, pretrained.Model, pretrained.Tokenizer);
        var files = new ModelFiles(folder);
        files.Write(record);
        files.Write(Array.Empty<CatalogueWarmup>()); // those were another model's
        files.WriteCard();
        if (Directory.Exists(checkpoints.Folder))
            Directory.Delete(checkpoints.Folder, recursive: true);
        return record;
    }

    /// <summary>Measures what a catalogue's texts add to a model, and writes that beside it.</summary>
    /// <param name="folder">Folder of the model.</param>
    /// <param name="name">Name of the catalogue; an earlier measurement under this name is replaced.</param>
    /// <param name="measure">Measures the loaded model.</param>
    /// <returns>The measurement.</returns>
    public static CatalogueWarmup AddWarmup(string folder, string name, Func<PretrainedModel, DomainWarmupEffect> measure)
    {
        using var pretrained = CheckpointFolder.Load(folder);
        var warmup = new CatalogueWarmup(name, measure(pretrained));
        var files = new ModelFiles(folder);
        files.Write([.. files.Warmups.Where(known => known.Catalogue != name), warmup]);
        files.WriteCard();
        return warmup;
    }

    private static PretrainingRecord Measure(
        PretrainingResult made, IReadOnlyList<PretrainingText> sources, PretrainingOptions options, string wordNet, CancellationToken cancellation)
    {
        var (pretrained, result, tokens) = made;
        var training = options.Training;
        return new PretrainingRecord(
            [.. sources.Select(SourceFacts.Of)], tokens, pretrained.Tokenizer.VocabularySize, options.HiddenSize, options.Layers,
            pretrained.Model.parameters().Sum(parameter => parameter.numel()), training.LearningRate, training.WeightDecay, training.Steps,
            training.BatchSize, options.Window, options.Seed, Math.Round(result.Seconds), Math.Round(result.Losses.TakeLast(100).Average(), 4),
            HeldOutTexts.Measure(pretrained, sources), ModelKnowledge.Measure(pretrained, wordNet, cancellation: cancellation));
    }
}
