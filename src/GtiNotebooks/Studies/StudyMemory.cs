using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Studies;

/// <summary>What the runs of a study take of memory at their hungriest stage, before any of them starts.</summary>
internal sealed class StudyMemory
{
    private readonly ModelConfig config;
    private readonly StudyOptions options;
    private readonly int newTokens;
    private readonly EncodedPrompt[] nextItem;
    private readonly EncodedPrompt[] grounding;

    public StudyMemory(StudyData data, StudyCodes codes, StudyOptions options, string modelFolder)
    {
        this.options = options;
        config = ModelConfig.Load(Path.Combine(modelFolder, CheckpointFolder.ConfigFile));
        newTokens = codes.Ids.Tokens.Count;
        var tokenizer = Tokenizer.Load(Path.Combine(modelFolder, CheckpointFolder.TokenizerFile));
        var format = ChatFormat.PlainEndingWith(tokenizer.Decode([config.EndOfTextId]));
        // A prompt that is too long is the run's to refuse.
        var encoder = new PromptEncoder(
            tokenizer.WithAddedTokens(codes.Ids.Tokens.Select(token => token.Text)), PromptTemplates.Default, format,
            new PromptLimits(options.MaxTitleTokens, options.MaxDescriptionTokens, int.MaxValue));
        nextItem = LongestNextItem(data, codes, encoder);
        grounding = LongestGrounding(data.Dataset.Catalogue, codes, encoder) is { Length: > 0 } texts ? texts : nextItem;
    }

    /// <summary>Advice for the hungriest of the methods; null where all fit.</summary>
    public string? AdviceFor(IEnumerable<LanguageModelMethod> methods, long freeBytes)
    {
        var advice = methods.SelectMany(StagesOf).MaxBy(stage => stage.Total)?.AdviceFor(freeBytes);
        return advice is null ? null
            : advice + " A study has no switch for the micro-batch: methods with adapters (their names end in -lora), shorter prompts (MaxHistory, MaxTitleTokens and MaxDescriptionTokens of StudyOptions) or a smaller model need less.";
    }

    private IEnumerable<TrainingMemory> StagesOf(LanguageModelMethod method)
    {
        if (method.GroundingSteps(options) > 0)
            yield return Estimate(options.GroundingBatch, grounding, TrainedPart.NewRows, snapshots: 0);
        if (method.AlignmentSteps(options) > 0)
            yield return Estimate(options.GroundingBatch, grounding, TrainedPart.AllWeights, snapshots: 0);
        if (method.Parameters == FineTunedParameters.All)
        {
            var prompts = method.Tasks == FineTuningTasks.NextItem ? nextItem : [.. nextItem, .. grounding];
            yield return Estimate(options.FineTuningBatch, prompts, TrainedPart.AllWeights, Snapshots());
        }
    }

    // The start, the best learning rate's, and early stopping's best.
    private int Snapshots() => 1 + (options.FineTuningLearningRates.Count > 1 ? 1 : 0) + (options.EarlyStopping is null ? 0 : 1);

    private TrainingMemory Estimate(int batch, IReadOnlyList<EncodedPrompt> prompts, TrainedPart trained, int snapshots) => TrainingMemory.Estimate(
        config, new TrainingOptions(Steps: 1, batch, LearningRate: 1),
        new TrainingLoad(newTokens, prompts.Max(prompt => prompt.Ids.Length), prompts.Max(prompt => prompt.Ids.Length - prompt.AnswerStart))
        {
            Trained = trained, Snapshots = snapshots,
        });

    private static EncodedPrompt[] LongestNextItem(StudyData data, StudyCodes codes, PromptEncoder encoder)
    {
        var longest = data.Split.Train.MaxBy(pair => pair.History.Count)!;
        var history = longest.History.Select(codes.Ids.TextOf).ToArray();
        return [.. Enumerable.Range(0, encoder.NextItemCount).Select(paraphrase => encoder.NextItem(paraphrase, history, codes.Ids.TextOf(longest.Target)))];
    }

    // By characters: both texts are cut after some tokens, so that most catalogues have many items of the full length.
    private static EncodedPrompt[] LongestGrounding(Catalogue catalogue, StudyCodes codes, PromptEncoder encoder)
    {
        var item = Enumerable.Range(0, catalogue.Count).MaxBy(i => Math.Min(catalogue[i].Description.Length, 1000) + Math.Min(catalogue[i].Title.Length, 500));
        var (title, description) = (catalogue[item].Title, catalogue[item].Description);
        return [.. PromptTemplates.KindsFor(title, description).Select(kind => encoder.Grounding(kind, title, description, codes.Ids.TextOf(item)))];
    }
}
