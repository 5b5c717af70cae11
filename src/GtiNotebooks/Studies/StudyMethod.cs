namespace GtiNotebooks.Studies;

/// <summary>One way to recommend the next item.</summary>
/// <param name="Name">Its name on the command line, in file names and in tables.</param>
/// <param name="IsRandom">Whether two seeds give different runs; a method without chance runs once.</param>
public abstract record StudyMethod(string Name, bool IsRandom)
{
    /// <summary>
    /// The methods that are known. Anchors: popularity, recency, item-knn, sasrec. On the language model: one for each of
    /// <see cref="Vocabulary.TokenInitialisers.Names"/>, fine-tuned as it is; gti and gti-description-mean (grounded from the mean, or from the
    /// description means); mean-equal-cost (fine-tuned for longer by as many examples as gti's grounding stage sees);
    /// mean-multitask-equal-total and mean-multitask-equal-next-item (fine-tuned on next-item and grounding prompts in equal parts: as many
    /// examples in all as mean, or as many next-item examples), gti-multitask (grounded, then as the former); mean-aligned and gti-aligned (all
    /// parameters train on grounding prompts before fine-tuning); mean-lora, random-lora and gti-lora (fine-tuned with adapters).
    /// </summary>
    public static IReadOnlyList<StudyMethod> All { get; } = [.. AnchorMethod.All, .. LanguageModelMethod.All];

    /// <summary>Finds a method.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such method; the message lists those there are.</exception>
    public static StudyMethod Find(string name) => All.FirstOrDefault(m => m.Name == name)
        ?? throw new ArgumentException($"There is no method '{name}'; known are {string.Join(", ", All.Select(m => m.Name))}");
}
