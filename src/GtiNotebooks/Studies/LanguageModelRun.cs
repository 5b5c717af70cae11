using System.Globalization;
using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Models;
using GtiNotebooks.Retrieval;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;
using static TorchSharp.torch;

namespace GtiNotebooks.Studies;

/// <summary>
/// One method with one seed on the language model: the start (extension, and grounding where the method has it) is made once, and fine-tuning
/// can begin from it as often as there are learning rates to try.
/// </summary>
internal sealed class LanguageModelRun : IDisposable
{
    private readonly StudyData data;
    private readonly StudyCodes codes;
    private readonly StudyOptions options;
    private readonly LanguageModelMethod method;
    private readonly int seed;
    private readonly RunProgress progress;
    private readonly PretrainedModel pretrained;
    private readonly VocabularyExtension extension;
    private readonly PromptEncoder encoder;
    private readonly WeightSnapshot start;
    private readonly List<StageCost> startCosts = [];

    public LanguageModelRun(
        StudyData data, StudyCodes codes, StudyOptions options, string modelFolder, Device device, LanguageModelMethod method, int seed,
        RunProgress progress)
    {
        (this.data, this.codes, this.options, this.method, this.seed, this.progress) = (data, codes, options, method, seed, progress);
        pretrained = CheckpointFolder.Load(modelFolder, device);
        try
        {
            if (options.DomainWarmupSteps > 0)
                WarmUp();
            extension = Extend();
            // Llama's texts end with another token than Qwen's; the model's own configuration names it.
            var endToken = extension.Tokenizer.Decode([pretrained.Model.Config.EndOfTextId]);
            encoder = new PromptEncoder(extension.Tokenizer, PromptTemplates.Default, ChatFormat.PlainEndingWith(endToken),
                new PromptLimits(options.MaxTitleTokens, options.MaxDescriptionTokens, pretrained.Model.Config.MaxPositions));
            if (method.GroundingSteps(options) > 0)
                Ground();
            if (method.AlignmentSteps(options) > 0)
                Align();
            AtStart = Geometry();
            start = WeightSnapshot.Take(extension.Model);
        }
        catch
        {
            pretrained.Dispose(); // a run that is cancelled here has nobody else to free the model
            throw;
        }
    }

    /// <summary>What the stages before fine-tuning cost.</summary>
    public IReadOnlyList<StageCost> StartCosts => startCosts;

    /// <summary>The new rows before fine-tuning.</summary>
    public GeometryReport AtStart { get; }

    /// <summary>Fine-tunes from the start.</summary>
    public FineTuned FineTune(double learningRate)
    {
        var model = extension.Model;
        model.Adapters?.Detach(); // those of another rate
        start.Restore(model);
        var checkpoints = progress.PlanOf(string.Create(CultureInfo.InvariantCulture, $"{StageCost.FineTuning} {learningRate}"));
        if (method.Parameters == FineTunedParameters.LoraAdapters)
        {
            var adapters = LoraAdapters.Attach(model, new LoraOptions(), seed);
            checkpoints = checkpoints is null ? null : checkpoints with { Generators = adapters.Generators };
        }

        var result = Trainer.Run(
            StageCost.FineTuning, model, FineTuningPrompts(), AllParameters(method.FineTuningSteps(options), options.FineTuningBatch, learningRate),
            progress.Training, progress.Cancellation, Stopping(), checkpoints);
        return new FineTuned(Cost(StageCost.FineTuning, result), options.EarlyStopping is null ? null : result.Validations);
    }

    /// <summary>Copies the weights as they are now.</summary>
    public WeightSnapshot Snapshot() => WeightSnapshot.Take(extension.Model);

    /// <summary>Comes back to a copy.</summary>
    public void Restore(WeightSnapshot weights) => weights.Restore(extension.Model);

    /// <summary>Retrieves the rows with the weights as they are now.</summary>
    public RowRanks Rank(IReadOnlyList<NextItemExample> rows) => Rank(rows, options.BeamWidth);

    private RowRanks Rank(IReadOnlyList<NextItemExample> rows, int beamWidth)
    {
        var found = new ItemRetriever(extension, NextItem().Query, beamWidth).Retrieve(rows, progress.Rows, progress.Cancellation);
        var sharing = codes.Ids.Collisions.SelectMany(group => group.Select(item => (item, group.Count))).ToDictionary(x => x.item, x => x.Count);
        var ids = found.Select(hypotheses => (IReadOnlyList<IReadOnlyList<int>>)[.. hypotheses.Select(h => h.Items)]).ToArray();
        return new RowRanks(
            [.. ids.Zip(rows, (list, row) => ItemCredit.Rank(list, row.Target, sharing.GetValueOrDefault(row.Target, 1)))],
            [.. ids.Zip(rows, (list, row) => StringMatch.Rank(list, row.Target))],
            [.. ids.Select(list => list.SelectMany(items => items).Take(RowRanks.ListLength).ToArray())]);
    }

    /// <summary>The new rows as they are now.</summary>
    public GeometryReport Geometry()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return GeometryReport.Measure(extension.Model.Embedding.New.detach().cpu(), codes.Ids.Tokens, codes.Codebooks);
    }

    public void Dispose()
    {
        start.Dispose();
        pretrained.Dispose();
    }

    private NextItemPrompts NextItem() => new(data.Split.Train, codes.Ids, encoder, seed);

    private GroundingPrompts Grounding() => new(data.Dataset.Catalogue, codes.Ids, encoder, seed);

    private IExampleSource FineTuningPrompts() =>
        method.Tasks == FineTuningTasks.NextItem ? NextItem() : new MultitaskPrompts(NextItem(), Grounding());

    private VocabularyExtension Extend()
    {
        using var scope = NewDisposeScope();
        var codebooks = method.Initialiser == TokenInitialisers.CodebookProjection ? codes.CodeVectors(data.Dataset.Catalogue) : codes.Codebooks;
        var inputs = new InitialiserInputs(pretrained.Tokenizer, data.Dataset.Catalogue, codes.Ids, codebooks);
        return VocabularyExtension.Apply(pretrained, codes.Ids, TokenInitialisers.Create(method.Initialiser, inputs), seed);
    }

    // All that train every parameter do it in the same way.
    private TrainingOptions AllParameters(int steps, int batch, double learningRate) => new(steps, batch, learningRate)
    {
        WarmupSteps = options.WarmupSteps,
        WeightDecay = options.WeightDecay,
        ClipNorm = options.GradientClip,
    };

    private TrainingValidation? Stopping() => options.EarlyStopping is not { } stop ? null : new TrainingValidation(
        RowRanks.SelectionMetric, _ => Rank(data.EarlyStoppingRows, EarlyStopping.BeamWidth).SelectionValue, stop.EverySteps, stop.Patience);

    private void Ground()
    {
        var steps = new TrainingOptions(method.GroundingSteps(options), options.GroundingBatch, options.GroundingLearningRate)
        {
            ClipNorm = options.GradientClip,
        };
        startCosts.Add(Cost(StageCost.Grounding,
            GroundingStage.Run(
                extension.Model, Grounding(), steps, progress.Training, progress.Cancellation, checkpoints: progress.PlanOf(StageCost.Grounding))));
    }

    // The rate is fixed, so that both arms of a comparison get the same steps whatever fine-tuning chooses later.
    private void Align() => startCosts.Add(Cost(StageCost.Alignment, Trainer.Run(
        StageCost.Alignment, extension.Model, Grounding(), AllParameters(method.AlignmentSteps(options), options.GroundingBatch, learningRate: 1e-3),
        progress.Training, progress.Cancellation, checkpoints: progress.PlanOf(StageCost.Alignment))));

    // The same for every method and seed, as the order of the texts has a seed of its own.
    private void WarmUp()
    {
        var texts = data.Dataset.Catalogue.Select(CatalogueIds.TextOf);
        var steps = new TrainingOptions(options.DomainWarmupSteps, BatchSize: 24, LearningRate: 1e-3) { WarmupSteps = 20, Beta2 = 0.95 };
        startCosts.Add(Cost(StageCost.DomainWarmup, Pretraining.WarmUp(pretrained, texts, steps, seed: 0, progress.Training, progress.Cancellation, progress.PlanOf(StageCost.DomainWarmup))));
    }

    private static StageCost Cost(string stage, TrainingResult result) => new(stage, result.Losses.Count, result.Examples, result.Seconds)
    {
        LastLoss = result.Losses.Count > 0 ? result.Losses[^1] : null,
    };
}
