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

/// <summary>One way to bring new tokens into a model.</summary>
/// <param name="Name">Its name on the command line and in tables.</param>
/// <param name="Initialiser">First values of the new rows.</param>
/// <param name="Budget">Where the examples of the grounding stage go.</param>
public sealed record StudyMethod(string Name, ITokenInitialiser Initialiser, GroundingBudget Budget)
{
    /// <summary>
    /// The methods that are known: mean, random, gti (mean, then grounded), and mean-equal-cost (mean, fine-tuned for longer by as
    /// many examples as gti's grounding stage sees).
    /// </summary>
    public static IReadOnlyList<StudyMethod> All { get; } =
    [
        new("mean", new MeanInitialiser(), GroundingBudget.Unspent),
        new("random", new RandomInitialiser(), GroundingBudget.Unspent),
        new("gti", new MeanInitialiser(), GroundingBudget.NewRows),
        new("mean-equal-cost", new MeanInitialiser(), GroundingBudget.FineTuning),
    ];

    /// <summary>Finds a method.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such method; the message lists those there are.</exception>
    public static StudyMethod Find(string name) => All.FirstOrDefault(m => m.Name == name)
        ?? throw new ArgumentException($"There is no method '{name}'; known are {string.Join(", ", All.Select(m => m.Name))}");

    /// <summary>Steps of the grounding stage; 0 where the method has none.</summary>
    /// <param name="options">The study's options.</param>
    public int GroundingSteps(StudyOptions options) => Budget == GroundingBudget.NewRows ? options.GroundingSteps : 0;

    /// <summary>Steps of fine-tuning, those that stand for the grounding stage included.</summary>
    /// <param name="options">The study's options.</param>
    public int FineTuningSteps(StudyOptions options) => options.FineTuningSteps + (Budget == GroundingBudget.FineTuning
        ? (int)Math.Round((double)options.GroundingSteps * options.GroundingBatch / options.FineTuningBatch)
        : 0);
}
