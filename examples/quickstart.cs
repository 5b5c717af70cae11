#!/usr/bin/env dotnet
// The main path in one file and about a minute: dotnet run examples/quickstart.cs
#:project ../src/GtiNotebooks
#:property PublishAot=false
#:property UsesTorchBackend=true

using System.Globalization;
using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var root = Path.GetFullPath("..", (string)AppContext.GetData("EntryPointFileDirectoryPath")!);
const int GroundingSteps = 60, FineTuningSteps = 60, TestRows = 300;

// Items and histories; the last event of each user is what is asked for.
var dataset = Dataset.Load(Path.Combine(root, "data", "wardrobe"));
var split = dataset.Split(maxHistory: 10);
NextItemExample[] rows = [.. split.Test.Take(TestRows)];
Console.WriteLine($"{dataset.Catalogue.Count} items, {split.Train.Count} training pairs, {rows.Length} of {split.Test.Count} test rows");

// Items become tokens: text to vectors to codes.
var learner = new ResidualKMeansOptions(Levels: 3, CodebookSize: 64, Iterations: 20, Seed: 0);
using var codes = CatalogueIds.Build(dataset.Catalogue, new TfIdfEncoder(new TfIdfOptions()), new SemanticIdOptions { Codebooks = learner });
Console.WriteLine($"{codes.Map.Tokens.Count} new tokens; {dataset.Catalogue[0].Title} is {codes.Map.TextOf(0)}");

// Two starts of the new rows, then the same fine-tuning.
Console.WriteLine("\n| start | Recall@10 | NDCG@10 | effective rank, centred: start -> after | seconds |\n|---|---:|---:|---:|---:|");
foreach (var start in new[] { "mean", "grounded" })
{
    var clock = System.Diagnostics.Stopwatch.StartNew();
    using var pretrained = CheckpointFolder.Load(Path.Combine(root, "data", "models", "gti-mini"));
    var extension = VocabularyExtension.Apply(pretrained, codes.Map, new MeanInitialiser(), seed: 0);
    var encoder = new PromptEncoder(extension.Tokenizer, PromptTemplates.Default, ChatFormat.Plain, new PromptLimits(24, 40, 512));
    if (start == "grounded")
    {
        var pairs = new GroundingPrompts(dataset.Catalogue, codes.Map, encoder, seed: 0);
        GroundingStage.Run(extension.Model, pairs, new TrainingOptions(GroundingSteps, BatchSize: 48, LearningRate: 5e-3));
    }

    var before = RankOf(extension);
    var prompts = new NextItemPrompts(split.Train, codes.Map, encoder, seed: 0);
    Trainer.Run("fine-tuning", extension.Model, prompts, new TrainingOptions(FineTuningSteps, BatchSize: 64, LearningRate: 2e-3) { WarmupSteps = 10 });
    var found = RetrievalEvaluation.Run(extension, encoder, rows, beamWidth: 20);
    Console.WriteLine($"| {start} | {Value(found, MetricValue.Recall):F4} | {Value(found, MetricValue.Ndcg):F4} | {before:F1} -> {RankOf(extension):F1} | {clock.Elapsed.TotalSeconds:F0} |");
}

Console.WriteLine("\nOne seed, few steps, made-up data: it runs, and claims nothing. docs/results.md has what was measured.");

static double Value(RetrievalEvaluation found, string metric) => found.Metrics.Single(value => value.Name == metric && value.K == 10).Value;

static double RankOf(VocabularyExtension extension)
{
    using var scope = torch.NewDisposeScope();
    using var frozen = torch.no_grad();
    return GeometryReport.Measure(extension.Model.Embedding.New.detach()).EffectiveRankCentred;
}
