using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>pretrain</c>: makes the bundled small language model from WordNet's glosses and examples.</summary>
public static class PretrainVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var defaults = new PretrainingOptions();
        var wordNet = new Option<string>("--wordnet")
        {
            Description = "Folder of WordNet's data files.", HelpName = "DIR", DefaultValueFactory = _ => "/usr/share/wordnet",
        };
        var steps = new Option<int>("--steps") { Description = "Optimiser steps.", DefaultValueFactory = _ => defaults.Training.Steps };
        var seed = new Option<int>("--seed") { Description = "Seed of weights and order." };
        var folder = new Option<string?>("--out") { Description = "Folder to write (default: data/models/gti-mini of this checkout).", HelpName = "DIR" };
        var device = new Option<string>("--device") { Description = "cpu, cuda or cuda:1.", DefaultValueFactory = _ => "cpu" };
        var command = new Command("pretrain", "Train the small language model on WordNet.") { wordNet, steps, seed, folder, device };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(
            parsed.GetValue(wordNet)!,
            defaults with
            {
                Seed = parsed.GetValue(seed),
                Training = defaults.Training with { Steps = parsed.GetValue(steps) },
                Placement = ModelPlacement.Parse(parsed.GetValue(device)!),
            },
            parsed.GetValue(folder) ?? Repository.Find().BundledModel,
            parsed.InvocationConfiguration.Output,
            cancellation), cancellation));
        return command;
    }

    private static int Run(string wordNet, PretrainingOptions options, string folder, TextWriter output, CancellationToken cancellation)
    {
        var texts = WordNetCorpus.Read(wordNet).ToArray();
        output.WriteLine($"pretraining on {texts.Length} WordNet entries, seed {options.Seed}");
        output.WriteLine(options.Placement);
        var (pretrained, result, tokens, heldOutLoss) = Pretraining.Run(texts, options, new ConsoleProgress(output), cancellation);
        using (pretrained)
        {
            CheckpointFolder.Save(folder, pretrained.Model, pretrained.Tokenizer);
            var log = new JsonObject
            {
                ["entries"] = texts.Length,
                ["tokens"] = tokens,
                ["steps"] = options.Training.Steps,
                ["batchSize"] = options.Training.BatchSize,
                ["window"] = options.Window,
                ["seed"] = options.Seed,
                ["seconds"] = Math.Round(result.Seconds),
                ["finalLoss"] = Math.Round(result.Losses.TakeLast(100).Average(), 4),
                ["heldOutLoss"] = Math.Round(heldOutLoss, 4),
            };
            AtomicFile.WriteAllText(Path.Combine(folder, "pretraining.json"), log.ToJsonString(new() { WriteIndented = true }) + "\n");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"held-out loss {heldOutLoss:F3} nats a token; wrote {folder}"));
        return 0;
    }
}
