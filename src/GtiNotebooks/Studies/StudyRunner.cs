using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Models;
using GtiNotebooks.Retrieval;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Studies;

/// <summary>Runs methods on one data set, one pretrained model and one set of options; each run ends in a record.</summary>
public sealed class StudyRunner
{
    private readonly Dataset dataset;
    private readonly Split split;
    private readonly SemanticIdMap ids;
    private readonly IReadOnlyList<Tensor> codebooks;
    private readonly string modelFolder;
    private readonly StudyModel model;
    private readonly StudyOptions options;
    private readonly Device device;

    /// <summary>Prepares a study: reads the Semantic IDs, or learns them where the data set brings none.</summary>
    /// <param name="dataset">Items and histories.</param>
    /// <param name="modelFolder">Hugging Face folder of the pretrained model.</param>
    /// <param name="options">Every knob.</param>
    /// <param name="device">Where the model runs.</param>
    /// <exception cref="InvalidDataException">The data set has no test rows.</exception>
    public StudyRunner(Dataset dataset, string modelFolder, StudyOptions options, Device? device = null)
    {
        (this.dataset, this.modelFolder, this.options, this.device) = (dataset, modelFolder, options, device ?? CPU);
        var whole = dataset.Split(options.MaxHistory);
        split = options.TestRowLimit is { } limit ? whole with { Test = whole.Test.Take(limit).ToArray() } : whole;
        if (split.Test.Count == 0 || split.Train.Count == 0)
            throw new InvalidDataException($"{dataset.Name}: {split.Train.Count} training pairs and {split.Test.Count} test rows; a study needs both");
        (ids, codebooks, CodesFrom) = Codes(dataset, options);
        model = new StudyModel(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(modelFolder))), CheckpointFolder.Sha256Of(modelFolder));
    }

    /// <summary>The split that the runs use.</summary>
    public Split Split => split;

    /// <summary>The Semantic IDs that the runs use.</summary>
    public SemanticIdMap Ids => ids;

    /// <summary>Where the Semantic IDs come from, in words.</summary>
    public string CodesFrom { get; }

    /// <summary>What identifies a run, so that a finished one can be found.</summary>
    /// <param name="method">The method.</param>
    /// <param name="seed">The seed.</param>
    public StudyKey KeyOf(StudyMethod method, int seed) => StudyKey.Of(dataset.Name, dataset.Files, model, options, method.Name, seed);

    /// <summary>Runs one method with one seed: extension, grounding where the method has it, fine-tuning, retrieval, metrics.</summary>
    /// <param name="method">The method.</param>
    /// <param name="seed">Seed of the initial rows and of the order of the examples.</param>
    /// <param name="progress">Told after every training step.</param>
    /// <param name="retrieved">Told the number of test rows done.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public StudyRecord Run(
        StudyMethod method, int seed, IProgress<TrainingProgress>? progress = null, IProgress<int>? retrieved = null,
        CancellationToken cancellation = default)
    {
        using var pretrained = CheckpointFolder.Load(modelFolder, device);
        var costs = new List<StageCost>();
        if (options.DomainWarmupSteps > 0)
            costs.Add(WarmUp(pretrained, progress, cancellation));

        var extension = VocabularyExtension.Apply(pretrained, ids, method.Initialiser, seed);
        var encoder = new PromptEncoder(extension.Tokenizer, PromptTemplates.Default, ChatFormat.Plain,
            new PromptLimits(options.MaxTitleTokens, options.MaxDescriptionTokens, pretrained.Model.Config.MaxPositions));
        if (method.GroundingSteps(options) > 0)
        {
            var examples = new GroundingPrompts(dataset.Catalogue, ids, encoder, seed);
            costs.Add(Cost(StageCost.Grounding, GroundingStage.Run(extension.Model, examples, Grounding(method), progress, cancellation)));
        }

        var atStart = Geometry(extension);
        var nextItem = new NextItemPrompts(split.Train, ids, encoder, seed);
        costs.Add(Cost(StageCost.FineTuning,
            Trainer.Run(StageCost.FineTuning, extension.Model, nextItem, FineTuning(method), progress, cancellation)));
        var (ranks, evaluation) = Evaluate(extension, nextItem, retrieved, cancellation);
        costs.Add(evaluation);
        return new StudyRecord
        {
            Method = method.Name,
            Seed = seed,
            DatasetName = dataset.Name,
            DataFiles = dataset.Files,
            Model = model,
            Options = options,
            Versions = Versions(),
            TrainingPairs = split.Train.Count,
            TestRows = split.Test.Count,
            Costs = costs,
            Metrics = RankingMetrics.FromTargets(ranks, RankingMetrics.DefaultCutoffs.Where(k => k <= options.BeamWidth).ToArray()),
            GeometryAtStart = atStart,
            GeometryAfterSft = Geometry(extension),
            FinishedUtc = DateTimeOffset.UtcNow,
            TestUsers = split.Test.Select(row => row.User).ToArray(),
            Ranks = ranks,
        };
    }

    private TrainingOptions Grounding(StudyMethod method) => new(method.GroundingSteps(options), options.GroundingBatch, options.GroundingLearningRate)
    {
        ClipNorm = options.GradientClip,
    };

    private TrainingOptions FineTuning(StudyMethod method) => new(method.FineTuningSteps(options), options.FineTuningBatch, options.FineTuningLearningRate)
    {
        WarmupSteps = options.WarmupSteps,
        WeightDecay = options.WeightDecay,
        ClipNorm = options.GradientClip,
    };

    /// <summary>The same for every method and seed, as the order of the texts has a seed of its own.</summary>
    private StageCost WarmUp(PretrainedModel pretrained, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var texts = dataset.Catalogue.Select(CatalogueIds.TextOf);
        var training = new TrainingOptions(options.DomainWarmupSteps, BatchSize: 24, LearningRate: 1e-3) { WarmupSteps = 20, Beta2 = 0.95 };
        return Cost(StageCost.DomainWarmup,
            Pretraining.WarmUp(pretrained, texts, training, seed: 0, progress, cancellation));
    }

    private (RankedTarget[] Ranks, StageCost Cost) Evaluate(
        VocabularyExtension extension, NextItemPrompts prompts, IProgress<int>? retrieved, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var found = new ItemRetriever(extension, prompts.Query, options.BeamWidth).Retrieve(split.Test, retrieved, cancellation);
        var sharing = ids.Collisions.SelectMany(group => group.Select(item => (item, group.Count))).ToDictionary(x => x.item, x => x.Count);
        var ranks = found.Zip(split.Test, (hypotheses, row) => ItemCredit.Rank(
            hypotheses.Select(h => h.Items).ToArray(), row.Target, sharing.GetValueOrDefault(row.Target, 1))).ToArray();
        return (ranks, new StageCost(StageCost.Evaluation, 0, split.Test.Count, clock.Elapsed.TotalSeconds));
    }

    private GeometryReport Geometry(VocabularyExtension extension)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return GeometryReport.Measure(extension.Model.Embedding.New.detach().cpu(), ids.Tokens, codebooks);
    }

    private static StageCost Cost(string stage, TrainingResult result) => new(stage, result.Losses.Count, result.Examples, result.Seconds);

    private static (SemanticIdMap Ids, IReadOnlyList<Tensor> Codebooks, string From) Codes(Dataset dataset, StudyOptions options)
    {
        if (dataset.IndexFile is { } file)
            return (SemanticIdMap.LoadIndexJson(file, dataset.Catalogue), [], Path.GetFileName(file));
        var learned = CatalogueIds.Build(dataset.Catalogue, new TfIdfEncoder(new TfIdfOptions()),
            new ResidualKMeansOptions(options.CodeLevels, options.CodebookSize, options.CodeIterations, options.CodeSeed));
        return (learned.Map, learned.Codebooks, "residual k-means on the texts");
    }

    private static SortedDictionary<string, string> Versions() => new(StringComparer.Ordinal)
    {
        ["GtiNotebooks"] = InformationalVersion(typeof(StudyRunner).Assembly),
        [".NET"] = Environment.Version.ToString(),
        ["TorchSharp"] = InformationalVersion(typeof(torch).Assembly),
        ["OS"] = RuntimeInformation.RuntimeIdentifier,
        ["threads"] = get_num_threads().ToString(CultureInfo.InvariantCulture),
    };

    // Without the commit that the build appends: a record must not differ because a comment changed.
    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
