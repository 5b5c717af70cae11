using System.Diagnostics;
using GtiNotebooks.Data;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Studies;

/// <summary>Runs methods on one data set, one pretrained model and one set of options; each run ends in a record.</summary>
public sealed class StudyRunner
{
    private readonly StudyData data;
    private readonly Lazy<StudyCodes> codes;
    private readonly string modelFolder;
    private readonly StudyModel model;
    private readonly StudyOptions options;
    private readonly Device device;

    /// <summary>Prepares a study: splits the events, and reads the Semantic IDs, or learns them where the data set brings none.</summary>
    /// <param name="dataset">Items and histories.</param>
    /// <param name="modelFolder">Hugging Face folder of the pretrained model.</param>
    /// <param name="options">Every knob.</param>
    /// <param name="device">Where the model runs; the CPU if left out.</param>
    /// <exception cref="InvalidDataException">The data set has no test rows.</exception>
    public StudyRunner(Dataset dataset, string modelFolder, StudyOptions options, Device? device = null)
    {
        (this.modelFolder, this.options, this.device) = (modelFolder, options, device ?? CPU);
        data = new StudyData(dataset, options);
        codes = new Lazy<StudyCodes>(() => StudyCodes.Of(dataset)); // anchors need none
        model = new StudyModel(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(modelFolder))), CheckpointFolder.Sha256Of(modelFolder));
    }

    /// <summary>The split that the runs use.</summary>
    public Split Split => data.Split;

    /// <summary>What the test rows are like.</summary>
    public TestRowFacts RowFacts => data.RowFacts;

    /// <summary>The Semantic IDs that the runs use.</summary>
    public SemanticIdMap Ids => codes.Value.Ids;

    /// <summary>Where the Semantic IDs come from, in words.</summary>
    public string CodesFrom => codes.Value.From;

    /// <summary>What identifies a run, so that a finished one can be found.</summary>
    /// <param name="method">The method.</param>
    /// <param name="seed">The seed.</param>
    public StudyKey KeyOf(StudyMethod method, int seed) =>
        StudyKey.Of(data.Dataset.Name, FilesOf(method), ModelOf(method), options, method.Name, seed);

    /// <summary>What to do where a method needs more memory than is free; null where all fit. Adapters and anchors, which need less, are not estimated.</summary>
    /// <param name="methods">The methods that are to run.</param>
    /// <param name="freeBytes">Free memory of the device, such as <see cref="FreeMemory.Bytes"/> on the CPU.</param>
    public string? MemoryAdvice(IEnumerable<StudyMethod> methods, long freeBytes)
    {
        ArgumentNullException.ThrowIfNull(methods);
        var onModel = methods.OfType<LanguageModelMethod>().ToArray();
        return onModel.Length == 0 ? null : new StudyMemory(data, codes.Value, options, modelFolder).AdviceFor(onModel, freeBytes);
    }

    /// <summary>
    /// Runs one method with one seed. Settings are chosen on validation rows: the first run of a method tries its grid, and the others are told
    /// what it chose. Test rows are looked at once, by the chosen setting.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="seed">Seed of everything random in the run.</param>
    /// <param name="selection">What the method's first run chose (<see cref="StudyRecord.Selection"/>); null to choose here.</param>
    /// <param name="progress">Told after every training step.</param>
    /// <param name="retrieved">Told the number of rows done.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <param name="checkpoints">
    /// A folder for this run alone, to be deleted when its record is saved: a run on the language model that was stopped goes on there at its last
    /// checkpoint, with the same result. Null: it starts anew.
    /// </param>
    /// <exception cref="ArgumentException">The selection is not one of this method's grid.</exception>
    /// <exception cref="InvalidDataException">There are several settings, and no validation rows to choose among them.</exception>
    public StudyRecord Run(
        StudyMethod method, int seed, Selection? selection = null, IProgress<TrainingProgress>? progress = null, IProgress<int>? retrieved = null,
        CancellationToken cancellation = default, string? checkpoints = null)
    {
        var run = new RunProgress(progress, retrieved, cancellation, checkpoints);
        return method switch
        {
            LanguageModelMethod onModel => Run(onModel, seed, selection, run),
            AnchorMethod anchor => Run(anchor, seed, selection, run),
            _ => throw new ArgumentException($"'{method.Name}' is neither a language-model method nor an anchor.", nameof(method)),
        };
    }

    private StudyRecord Run(LanguageModelMethod method, int seed, Selection? selection, RunProgress progress)
    {
        using var run = new LanguageModelRun(data, codes.Value, options, modelFolder, device, method, seed, progress);
        var costs = new List<StageCost>(run.StartCosts);
        FineTuned fineTuned;
        if (selection is null && options.FineTuningLearningRates.Count > 1)
        {
            RequireValidation(options.FineTuningLearningRates.Count);
            (selection, fineTuned, var tuning) = LearningRateSearch.Run(run, seed, options.FineTuningLearningRates, data.Validation);
            costs.Add(tuning);
        }
        else
        {
            fineTuned = run.FineTune(options.FineTuningLearningRates[Chosen(selection, options.FineTuningLearningRates.Count)]);
        }

        var (ranks, evaluation) = Evaluate(run.Rank);
        return Record(method, seed, selection, [.. costs, fineTuned.Cost, evaluation], ranks) with
        {
            ValidationCurve = fineTuned.Curve,
            GeometryAtStart = run.AtStart,
            GeometryAfterSft = run.Geometry(),
        };
    }

    private StudyRecord Run(AnchorMethod method, int seed, Selection? selection, RunProgress progress)
    {
        using var run = new AnchorRun(data, options, method, seed, device, progress);
        var costs = new List<StageCost>();
        if (selection is null && method.Grid.Count > 1)
        {
            RequireValidation(method.Grid.Count);
            (selection, var fitting, var tuning) = run.Search();
            costs.AddRange([tuning, fitting]);
        }
        else
        {
            costs.Add(run.Fit(Chosen(selection, method.Grid.Count)));
        }

        var (ranks, evaluation) = Evaluate(run.Rank);
        return Record(method, seed, selection, [.. costs, evaluation], ranks);
    }

    private void RequireValidation(int settings)
    {
        if (data.Validation.Count == 0)
            throw new InvalidDataException($"{data.Dataset.Name}: no validation rows to choose among {settings} settings by; with one learning rate there is nothing to choose");
    }

    private static int Chosen(Selection? selection, int settings) => selection switch
    {
        null => 0,
        { Chosen: var chosen, Points.Count: var points } when points == settings && chosen >= 0 && chosen < settings => chosen,
        _ => throw new ArgumentException($"The selection is from {selection.Points.Count} settings, but the method's grid has {settings}.", nameof(selection)),
    };

    private (RowRanks Ranks, StageCost Cost) Evaluate(Func<IReadOnlyList<NextItemExample>, RowRanks> rank)
    {
        var clock = Stopwatch.StartNew();
        var ranks = rank(Split.Test);
        return (ranks, new StageCost(StageCost.Evaluation, 0, Split.Test.Count, clock.Elapsed.TotalSeconds));
    }

    private StudyRecord Record(StudyMethod method, int seed, Selection? selection, IReadOnlyList<StageCost> costs, RowRanks ranks) => new()
    {
        Method = method.Name,
        Seed = seed,
        DatasetName = data.Dataset.Name,
        DataFiles = FilesOf(method),
        Model = ModelOf(method),
        Options = options,
        Versions = StudyVersions.Of(device),
        TrainingPairs = Split.Train.Count,
        TestRows = Split.Test.Count,
        RowFacts = data.RowFacts,
        UnseenTargetRows = data.UnseenTargetRows,
        Selection = selection,
        Costs = costs,
        Metrics = RankingMetrics.FromTargets(ranks.Targets, [.. RankingMetrics.DefaultCutoffs.Where(k => k <= options.BeamWidth)]),
        CatalogueUse = CatalogueUse.Of(ranks.Lists, data),
        GeometryAtStart = null,
        GeometryAfterSft = null,
        FinishedUtc = DateTimeOffset.UtcNow,
        TestUsers = [.. Split.Test.Select(row => row.User)],
        Ranks = ranks.Targets,
        IdRanks = ranks.IdRanks,
    };

    // What a run reads: an anchor knows items by themselves, without IDs and without a language model.
    internal IReadOnlyList<DataFile> FilesOf(StudyMethod method) => method is LanguageModelMethod
        ? [.. data.Dataset.Files.Concat(data.Dataset.SemanticIdFiles).OrderBy(file => file.Name, StringComparer.Ordinal)]
        : data.Dataset.Files;

    internal StudyModel? ModelOf(StudyMethod method) => method is LanguageModelMethod ? model : null;
}
