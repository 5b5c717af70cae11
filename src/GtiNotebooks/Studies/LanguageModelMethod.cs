using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Studies;

/// <summary>Where a method spends the examples of the grounding stage.</summary>
public enum GroundingBudget
{
    /// <summary>Nowhere: the method is cheaper.</summary>
    Unspent,

    /// <summary>On the new rows, before fine-tuning.</summary>
    NewRows,

    /// <summary>On more fine-tuning, so that the method sees as many examples as one that grounds.</summary>
    FineTuning,
}

/// <summary>What the batches of fine-tuning hold.</summary>
public enum FineTuningTasks
{
    /// <summary>Next-item prompts only.</summary>
    NextItem,

    /// <summary>Half next-item prompts and half grounding prompts (LC-Rec's auxiliary tasks), in as many batches: half as many next-item examples.</summary>
    MultitaskAtEqualTotal,

    /// <summary>The same halves in twice as many batches: as many next-item examples as without the auxiliary tasks.</summary>
    MultitaskAtEqualNextItem,
}

/// <summary>One way to bring new tokens into a language model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Initialiser">First values of the new rows.</param>
/// <param name="Budget">Where the examples of the grounding stage go.</param>
/// <param name="Tasks">What fine-tuning trains on.</param>
public sealed record LanguageModelMethod(string Name, ITokenInitialiser Initialiser, GroundingBudget Budget, FineTuningTasks Tasks = FineTuningTasks.NextItem)
    : StudyMethod(Name, IsRandom: true)
{
    /// <summary>The methods that are known; see <see cref="StudyMethod.All"/>.</summary>
    public static new IReadOnlyList<LanguageModelMethod> All { get; } =
    [
        new("mean", new MeanInitialiser(), GroundingBudget.Unspent),
        new("random", new RandomInitialiser(), GroundingBudget.Unspent),
        new("gti", new MeanInitialiser(), GroundingBudget.NewRows),
        new("mean-equal-cost", new MeanInitialiser(), GroundingBudget.FineTuning),
        new("mean-multitask-equal-total", new MeanInitialiser(), GroundingBudget.Unspent, FineTuningTasks.MultitaskAtEqualTotal),
        new("mean-multitask-equal-next-item", new MeanInitialiser(), GroundingBudget.Unspent, FineTuningTasks.MultitaskAtEqualNextItem),
    ];

    /// <summary>Steps of the grounding stage; 0 where the method has none.</summary>
    /// <param name="options">The study's options.</param>
    public int GroundingSteps(StudyOptions options) => Budget == GroundingBudget.NewRows ? options.GroundingSteps : 0;

    /// <summary>Steps of fine-tuning, those that stand for the grounding stage or make room for auxiliary tasks included.</summary>
    /// <param name="options">The study's options.</param>
    public int FineTuningSteps(StudyOptions options)
    {
        var grounding = Budget == GroundingBudget.FineTuning
            ? (int)Math.Round((double)options.GroundingSteps * options.GroundingBatch / options.FineTuningBatch)
            : 0;
        return (options.FineTuningSteps + grounding) * (Tasks == FineTuningTasks.MultitaskAtEqualNextItem ? 2 : 1);
    }
}
