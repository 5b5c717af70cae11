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

/// <summary>Whether all parameters train on grounding prompts before fine-tuning.</summary>
public enum AlignmentStage
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>They do, for as many steps as the grounding stage has, after it where the method has one (the GTI paper's longer schedule).</summary>
    Unfrozen,
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

/// <summary>Which parameters fine-tuning changes.</summary>
public enum FineTunedParameters
{
    /// <summary>All.</summary>
    All,

    /// <summary>Low-rank adapters on every projection, and all rows of the token table and the head (the GTI paper's choice, with base weights that are not quantised).</summary>
    LoraAdapters,
}

/// <summary>One way to bring new tokens into a language model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Initialiser">What gives the new rows their first values; one of <see cref="TokenInitialisers.Names"/>.</param>
public sealed record LanguageModelMethod(string Name, string Initialiser) : StudyMethod(Name, IsRandom: true)
{
    /// <summary>Where the examples of the grounding stage go.</summary>
    public GroundingBudget Budget { get; init; }

    /// <summary>Whether all parameters train on grounding prompts before fine-tuning.</summary>
    public AlignmentStage Alignment { get; init; }

    /// <summary>What fine-tuning trains on.</summary>
    public FineTuningTasks Tasks { get; init; }

    /// <summary>What fine-tuning changes.</summary>
    public FineTunedParameters Parameters { get; init; }

    /// <summary>The methods that are known; see <see cref="StudyMethod.All"/>.</summary>
    public static new IReadOnlyList<LanguageModelMethod> All { get; } =
    [
        .. TokenInitialisers.Names.Select(name => new LanguageModelMethod(name, name)),
        new("gti", "mean") { Budget = GroundingBudget.NewRows },
        new("gti-description-mean", "description-mean") { Budget = GroundingBudget.NewRows },
        new("mean-equal-cost", "mean") { Budget = GroundingBudget.FineTuning },
        new("mean-multitask-equal-total", "mean") { Tasks = FineTuningTasks.MultitaskAtEqualTotal },
        new("mean-multitask-equal-next-item", "mean") { Tasks = FineTuningTasks.MultitaskAtEqualNextItem },
        new("gti-multitask", "mean") { Budget = GroundingBudget.NewRows, Tasks = FineTuningTasks.MultitaskAtEqualTotal },
        new("mean-aligned", "mean") { Alignment = AlignmentStage.Unfrozen },
        new("gti-aligned", "mean") { Budget = GroundingBudget.NewRows, Alignment = AlignmentStage.Unfrozen },
        new("mean-lora", "mean") { Parameters = FineTunedParameters.LoraAdapters },
        new("random-lora", "random") { Parameters = FineTunedParameters.LoraAdapters },
        new("gti-lora", "mean") { Budget = GroundingBudget.NewRows, Parameters = FineTunedParameters.LoraAdapters },
    ];

    /// <summary>Steps of the grounding stage; 0 where the method has none.</summary>
    /// <param name="options">The study's options.</param>
    public int GroundingSteps(StudyOptions options) => Budget == GroundingBudget.NewRows ? options.GroundingSteps : 0;

    /// <summary>Steps of the unfrozen alignment; 0 where the method has none.</summary>
    /// <param name="options">The study's options.</param>
    public int AlignmentSteps(StudyOptions options) => Alignment == AlignmentStage.Unfrozen ? options.GroundingSteps : 0;

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
