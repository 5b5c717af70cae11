using System.CommandLine;
using System.Globalization;
using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>evaluate</c>: looks at an extended model that was trained before, here or elsewhere.</summary>
public static class EvaluateVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Hugging Face folder of the extended model.", HelpName = "DIR", Required = true };
        var data = new Option<string?>("--data") { Description = "Data folder (default: data/wardrobe of this checkout).", HelpName = "DIR" };
        var ids = new Option<string?>("--ids") { Description = "Folder of Semantic IDs that 'gti semantic-ids' wrote (default: the data folder's own).", HelpName = "DIR" };
        var history = new Option<int>("--max-history") { Description = "The latest items of a history that a prompt shows, as in training.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var beam = new Option<int>("--beam-width") { Description = "Semantic IDs kept by the beam search; metrics reach no further.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var rows = new Option<int?>("--test-rows") { Description = "Evaluate the first N test rows only.", HelpName = "N" };
        var device = new Option<string>("--device") { Description = "cpu, cuda or cuda:1.", DefaultValueFactory = _ => "cpu" };
        var command = new Command("evaluate", "Rank the test rows with an extended model, and measure its new rows.") { model, data, ids, history, beam, rows, device };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var placement = ModelPlacement.Parse(parsed.GetValue(device)!);
            var dataset = Dataset.Load(parsed.GetValue(data) ?? Repository.Find().BundledData);
            if (parsed.GetValue(ids) is { } folder)
                dataset = dataset.WithSemanticIds(folder);
            var split = dataset.Split(parsed.GetValue(history));
            var test = parsed.GetValue(rows) is { } limit ? split with { Test = [.. split.Test.Take(limit)] } : split;
            return Run(parsed.GetValue(model)!, placement, dataset, test, parsed.GetValue(beam), parsed.InvocationConfiguration.Output, cancellation);
        }, cancellation));
        return command;
    }

    private static int Run(
        string folder, ModelPlacement placement, Dataset dataset, Split split, int beamWidth, TextWriter output, CancellationToken cancellation)
    {
        output.WriteLine(placement);
        using var codes = StoredSemanticIds.Of(dataset);
        using var trained = CheckpointFolder.Load(folder, placement);
        var extension = VocabularyExtension.Reopen(trained, codes.Map);
        var model = extension.Model;
        var end = extension.Tokenizer.Decode([model.Config.EndOfTextId]);
        var encoder = new PromptEncoder(
            extension.Tokenizer, PromptTemplates.Default, ChatFormat.PlainEndingWith(end), new PromptLimits(1, 1, model.Config.MaxPositions));
        var found = RetrievalEvaluation.Run(extension, encoder, split.Test, beamWidth, cancellation: cancellation);
        output.WriteLine($"{dataset.Name}: {split.Test.Count} test rows ({split.Name}), beam {beamWidth}, item-level credit for shared IDs");
        foreach (var name in found.Metrics.Select(metric => metric.Name).Distinct())
            output.WriteLine($"  {name,-7}" + string.Concat(found.Metrics.Where(metric => metric.Name == name).Select(metric => Number($"  @{metric.K} ", metric.Value))));
        output.WriteLine(GeometryOf(model, codes));
        return 0;
    }

    private static string GeometryOf(CausalLM model, StoredSemanticIds codes)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var geometry = GeometryReport.Measure(model.Embedding.New.detach().cpu(), codes.Map.Tokens, codes.Codebooks);
        return string.Create(CultureInfo.InvariantCulture,
            $"  {codes.Map.Tokens.Count} new rows: effective rank {geometry.EffectiveRankCentred:F1} centred, {geometry.EffectiveRankRaw:F1} raw; mean cosine {geometry.MeanCosine:F3}");
    }

    private static string Number(string label, double value) => label + value.ToString("0.0000", CultureInfo.InvariantCulture);
}
