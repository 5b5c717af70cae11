namespace GtiNotebooks.Studies;

/// <summary>A set of methods that belong in one table.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Description">What it is for, in one line.</param>
/// <param name="Methods">Names of the methods, in the table's order.</param>
public sealed record StudyPreset(string Name, string Description, IReadOnlyList<string> Methods)
{
    /// <summary>The presets that are known.</summary>
    public static IReadOnlyList<StudyPreset> All { get; } =
    [
        new("starts", "the ways to start new tokens", ["mean", "random", "gti"]),
        new("anchors", "recommenders without a language model, then the starts",
            ["popularity", "recency", "item-knn", "sasrec", "mean", "random", "gti"]),
        new("equal-cost", "the starts, and mean with gti's cost spent on fine-tuning", ["mean", "random", "gti", "mean-equal-cost"]),
        new("initialisers", "every training-free start, and grounding from two of them",
            [.. Vocabulary.TokenInitialisers.Names, "gti", "gti-description-mean"]),
        new("multitask", "LC-Rec's auxiliary tasks at equal cost, beside mean and gti, and after grounding",
            ["mean", "mean-multitask-equal-total", "mean-multitask-equal-next-item", "gti", "gti-multitask"]),
        new("ablation", "initialisation apart from extra training: mean and gti, each with and without unfrozen alignment",
            ["mean", "gti", "mean-aligned", "gti-aligned"]),
        new("adapters", "full fine-tuning and LoRA", ["mean", "random", "gti", "mean-lora", "random-lora", "gti-lora"]),
        new("claims", "what the claims rest on: run it with 5 seeds", ["mean", "random", "description-mean", "mean-multitask-equal-total", "gti"]),
    ];

    /// <summary>Finds a preset.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such preset; the message lists those there are.</exception>
    public static StudyPreset Find(string name) => All.FirstOrDefault(preset => preset.Name == name)
        ?? throw new ArgumentException($"There is no preset '{name}'; known are {string.Join(", ", All.Select(preset => preset.Name))}");
}
