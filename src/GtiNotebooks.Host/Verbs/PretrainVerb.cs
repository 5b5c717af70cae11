using System.CommandLine;
using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Host.LanguageModels;
using GtiNotebooks.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>pretrain</c>: makes the bundled small language model from WordNet's glosses and examples and made-up listings of goods.</summary>
public static class PretrainVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var defaults = new PretrainingOptions();
        var wordNet = new Option<string>("--wordnet")
        {
            Description = "Folder of WordNet's data files.", HelpName = "DIR", DefaultValueFactory = _ => WordNetCorpus.DebianFolder, Recursive = true,
        };
        var seed = new Option<int>("--seed") { Description = "Seed of weights and order.", Recursive = true };
        var device = new Option<string>("--device") { Description = "cpu, cuda or cuda:1.", DefaultValueFactory = _ => "cpu", Recursive = true };
        var vocabulary = new Option<int>("--vocabulary") { Description = "Tokens of the vocabulary.", DefaultValueFactory = _ => defaults.VocabularySize };
        var width = new Option<int>("--width") { Description = "Width of the model, a multiple of 32.", DefaultValueFactory = _ => defaults.HiddenSize };
        var layers = new Option<int>("--layers") { Description = "Decoder layers.", DefaultValueFactory = _ => defaults.Layers };
        var rate = new Option<double>("--learning-rate") { Description = "Peak learning rate.", DefaultValueFactory = _ => defaults.Training.LearningRate };
        var steps = new Option<int>("--steps") { Description = "Optimiser steps.", DefaultValueFactory = _ => defaults.Training.Steps };
        var folder = new Option<string?>("--out") { Description = "Folder of the model (default: data/models/gti-mini of this checkout).", HelpName = "DIR", Recursive = true };

        PretrainingOptions Start(ParseResult parsed) =>
            defaults with { Seed = parsed.GetValue(seed), Placement = ModelPlacement.Parse(parsed.GetValue(device)!) };

        var command = new Command("pretrain", "Train the small language model.")
        {
            wordNet, seed, device, vocabulary, width, layers, rate, steps, folder, Sweep(wordNet, folder, Start), Warmup(folder), Card(folder),
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Train(
            parsed.GetValue(wordNet)!,
            Start(parsed) with
            {
                VocabularySize = parsed.GetValue(vocabulary), HiddenSize = parsed.GetValue(width), Layers = parsed.GetValue(layers),
                Training = defaults.Training with { Steps = parsed.GetValue(steps), LearningRate = parsed.GetValue(rate) },
            },
            FolderOf(parsed, folder),
            parsed.InvocationConfiguration.Output,
            cancellation), cancellation));
        return command;
    }

    private static Command Sweep(Option<string> wordNet, Option<string?> folder, Func<ParseResult, PretrainingOptions> start)
    {
        var steps = new Option<int>("--steps") { Description = "Optimiser steps of a trial.", DefaultValueFactory = _ => 300 };
        var command = new Command("sweep", "Compare learning rates, vocabularies, widths and depths in short trainings.") { steps };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Compare(
                parsed.GetValue(wordNet)!, PretrainingSweep.Candidates(start(parsed), parsed.GetValue(steps)), FolderOf(parsed, folder),
                parsed.InvocationConfiguration.Output, cancellation),
            cancellation));
        return command;
    }

    private static Command Warmup(Option<string?> folder)
    {
        var data = new Option<string>("--data") { Description = "Data folder of the catalogue.", HelpName = "DIR", Required = true };
        var steps = new Option<int>("--steps") { Description = "Optimiser steps on its texts.", DefaultValueFactory = _ => 200 };
        var command = new Command("warmup", "Measure what reading a catalogue's item texts adds to the model.") { data, steps };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => MeasureWarmup(
                parsed.GetValue(data)!, parsed.GetValue(steps), FolderOf(parsed, folder), parsed.InvocationConfiguration.Output, cancellation),
            cancellation));
        return command;
    }

    private static Command Card(Option<string?> folder)
    {
        var command = new Command("card", "Write the model's card anew from the records beside it.");
        command.SetAction(parsed => new ModelFiles(FolderOf(parsed, folder)).WriteCard());
        return command;
    }

    private static string FolderOf(ParseResult parsed, Option<string?> folder) => parsed.GetValue(folder) ?? Repository.Find().BundledModel;

    private static int Compare(
        string wordNet, IReadOnlyList<PretrainingOptions> candidates, string folder, TextWriter output, CancellationToken cancellation)
    {
        var sources = PretrainingSources.Read(wordNet);
        output.WriteLine($"{PretrainingSources.Describe(sources)}; seed {candidates[0].Seed}; {candidates[0].Placement}");
        PretrainingSweep.Run(
            new ModelFiles(folder), sources, candidates, trial => output.WriteLine(trial.Summary), new ConsoleProgress(output), cancellation);
        output.WriteLine($"wrote the sweep to {folder}");
        return 0;
    }

    private static int MeasureWarmup(string data, int steps, string folder, TextWriter output, CancellationToken cancellation)
    {
        var dataset = Dataset.Load(data);
        var training = new TrainingOptions(steps, 24, 1e-3) { WarmupSteps = steps / 10, WeightDecay = 0.05, Beta2 = 0.95, MicroBatchSize = 8 };
        var (name, effect) = BundledModel.AddWarmup(folder, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data))), pretrained =>
            DomainWarmupEffect.Measure(pretrained, dataset.Catalogue, training, seed: 0, new ConsoleProgress(output), cancellation));
        output.WriteLine(FormattableString.Invariant(
            $"{name}: {effect.BitsPerByteBefore:F3} bits per byte before, {effect.BitsPerByteAfter:F3} after {effect.Steps} steps; wrote {folder}"));
        return 0;
    }

    private static int Train(string wordNet, PretrainingOptions options, string folder, TextWriter output, CancellationToken cancellation)
    {
        var sources = PretrainingSources.Read(wordNet);
        output.WriteLine($"{PretrainingSources.Describe(sources)}; seed {options.Seed}; {options.Placement}");
        var record = BundledModel.Make(folder, sources, options, wordNet, new ConsoleProgress(output), cancellation);
        output.WriteLine(FormattableString.Invariant($"{record.HeldOut.Mean:F3} bits per byte on the held-out texts; wrote {folder}"));
        return 0;
    }
}
