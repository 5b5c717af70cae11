namespace GtiNotebooks.Text;

/// <summary>
/// The wording of prompts: one template a <see cref="GroundingKind"/> and a <see cref="FusedTask"/>, and three paraphrases of "here is a history, which item is next?".
/// Read from JSON and checked as a whole; immutable.
/// </summary>
public sealed class PromptTemplates
{
    private const string DefaultResource = "GtiNotebooks.Text.Prompts.default.json";

    private readonly IReadOnlyDictionary<GroundingKind, PromptTemplate> _grounding;
    private readonly IReadOnlyList<PromptTemplate> _nextItem;
    private readonly IReadOnlyDictionary<FusedTask, PromptTemplate> _fused;
    private readonly (string Ids, string Titles) _separators;

    internal PromptTemplates(
        IReadOnlyDictionary<GroundingKind, PromptTemplate> grounding, IReadOnlyList<PromptTemplate> nextItem,
        IReadOnlyDictionary<FusedTask, PromptTemplate> fused, (string Ids, string Titles) separators)
    {
        (_grounding, _nextItem, _fused, _separators) = (grounding, nextItem, fused, separators);
    }

    /// <summary>The wording that comes with the library: short, for small models.</summary>
    public static PromptTemplates Default { get; } = LoadDefault();

    /// <summary>How many paraphrases of the next-item prompt there are: 3.</summary>
    public int NextItemCount => _nextItem.Count;

    /// <summary>Reads templates from a JSON file in the form of <c>Text/Prompts/default.json</c>.</summary>
    /// <exception cref="InvalidDataException">
    /// Not JSON, a template is missing, lacks a placeholder it needs or has one it must not have; the message names file and field.
    /// </exception>
    public static PromptTemplates Load(string path)
    {
        using var stream = File.OpenRead(path);
        return PromptTemplatesReader.Read(stream, path);
    }

    /// <summary>The kinds that an item's texts allow: a blank title or description rules out the kinds that use it.</summary>
    public static IReadOnlyList<GroundingKind> KindsFor(string title, string description) =>
        [.. Enum.GetValues<GroundingKind>().Where(kind =>
            (!UsesTitle(kind) || !string.IsNullOrWhiteSpace(title)) && (!UsesDescription(kind) || !string.IsNullOrWhiteSpace(description)))];

    /// <summary>Fills a grounding template.</summary>
    /// <param name="kind">Which of the six.</param>
    /// <param name="title">The item's title; not blank when the kind uses it.</param>
    /// <param name="description">The item's description; not blank when the kind uses it.</param>
    /// <param name="semanticId">The item's ID as token text, <c>&lt;a_1&gt;&lt;b_2&gt;</c>.</param>
    /// <exception cref="ArgumentException">A text that the kind uses is blank, or the ID is empty.</exception>
    public PromptText Grounding(GroundingKind kind, string title, string description, string semanticId)
    {
        ArgumentException.ThrowIfNullOrEmpty(semanticId);
        if (UsesTitle(kind)) ArgumentException.ThrowIfNullOrWhiteSpace(title);
        if (UsesDescription(kind)) ArgumentException.ThrowIfNullOrWhiteSpace(description);
        return _grounding[kind].Fill(new Dictionary<string, string>
        {
            ["title"] = title, ["description"] = description, ["id"] = semanticId,
        });
    }

    /// <summary>Fills a next-item template.</summary>
    /// <param name="paraphrase">From 0 to <see cref="NextItemCount"/> - 1.</param>
    /// <param name="historyIds">The IDs of the items so far, oldest first.</param>
    /// <param name="targetId">The ID of the item that follows; empty in a query, whose answer is what is looked for.</param>
    /// <exception cref="ArgumentException">There is no such paraphrase, or the history is empty.</exception>
    public PromptText NextItem(int paraphrase, IReadOnlyList<string> historyIds, string targetId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(paraphrase);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(paraphrase, NextItemCount);
        ArgumentNullException.ThrowIfNull(historyIds);
        ArgumentNullException.ThrowIfNull(targetId);
        if (historyIds.Count == 0) throw new ArgumentException("The history is empty; there is nothing to predict from.", nameof(historyIds));
        return _nextItem[paraphrase].Fill(new Dictionary<string, string>
        {
            ["history"] = string.Join(_separators.Ids, historyIds), ["id"] = targetId,
        });
    }

    /// <summary>Fills the template of a fused task.</summary>
    /// <param name="task">Which.</param>
    /// <param name="history">IDs or, for <see cref="FusedTask.TitlesToId"/>, titles of the items so far, oldest first; none blank.</param>
    /// <param name="answer">Title, description or ID of the item that follows; not blank.</param>
    /// <exception cref="ArgumentException">The history is empty, or a text is blank.</exception>
    public PromptText Fused(FusedTask task, IReadOnlyList<string> history, string answer)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentException.ThrowIfNullOrWhiteSpace(answer);
        if (history.Count == 0 || history.Any(string.IsNullOrWhiteSpace)) throw new ArgumentException("The history is empty, or has an empty text.", nameof(history));
        var separator = task == FusedTask.TitlesToId ? _separators.Titles : _separators.Ids;
        return _fused[task].Fill(new Dictionary<string, string> { [HistoryGap(task)] = string.Join(separator, history), [AnswerGap(task)] = answer });
    }

    internal static string HistoryGap(FusedTask task) => task == FusedTask.TitlesToId ? "titles" : "history";

    internal static string AnswerGap(FusedTask task) => task switch { FusedTask.NextTitle => "title", FusedTask.NextDescription => "description", _ => "id" };

    internal static bool UsesTitle(GroundingKind kind) => kind is not (GroundingKind.DescriptionToId or GroundingKind.IdToDescription);

    internal static bool UsesDescription(GroundingKind kind) => kind is not (GroundingKind.TitleToId or GroundingKind.IdToTitle);

    private static PromptTemplates LoadDefault()
    {
        using var stream = typeof(PromptTemplates).Assembly.GetManifestResourceStream(DefaultResource)
            ?? throw new InvalidOperationException($"The assembly has no resource {DefaultResource}.");
        return PromptTemplatesReader.Read(stream, DefaultResource);
    }
}
