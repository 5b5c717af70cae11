namespace GtiNotebooks.Text;

/// <summary>How long prompts may get, in tokens.</summary>
/// <param name="TitleTokens">Titles are cut to this many tokens; at least 1.</param>
/// <param name="DescriptionTokens">Descriptions are cut to this many tokens; at least 1.</param>
/// <param name="PromptTokens">A whole prompt with answer and end token that is longer is an error; it is never cut.</param>
public sealed record PromptLimits(int TitleTokens, int DescriptionTokens, int PromptTokens);

/// <summary>A prompt and its answer as token ids.</summary>
/// <param name="Ids">Prompt, answer and end token, <c>[time]</c>. No begin token.</param>
/// <param name="AnswerStart">Index of the answer's first token; the loss is on <c>Ids[AnswerStart..]</c>.</param>
public sealed record EncodedPrompt(int[] Ids, int AnswerStart);

/// <summary>
/// Turns prompts into token ids. Only titles and descriptions are ever shortened, before they are filled in: no ID is cut in
/// the middle and no answer is lost. Prompt and answer are encoded apart, so that no merge crosses the border where the loss starts.
/// Safe to use from several threads.
/// </summary>
public sealed class PromptEncoder
{
    private const int EnoughCharacters = 12; // a token of English has four or so

    private readonly Tokenizer _tokenizer;
    private readonly PromptTemplates _templates;
    private readonly ChatFormat _format;
    private readonly PromptLimits _limits;
    private readonly int _endId;
    private readonly HashSet<int> _addedIds;

    /// <param name="tokenizer">Knows the ID tokens and the format's end token.</param>
    /// <param name="templates">The wording.</param>
    /// <param name="format">The layout.</param>
    /// <param name="limits">Each limit is at least 1.</param>
    /// <exception cref="ArgumentException">A limit is below 1, or the tokenizer does not know the end token.</exception>
    public PromptEncoder(Tokenizer tokenizer, PromptTemplates templates, ChatFormat format, PromptLimits limits)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(templates);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.TitleTokens, 1, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.DescriptionTokens, 1, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.PromptTokens, 1, nameof(limits));
        if (!tokenizer.TryGetId(format.EndToken, out _endId))
            throw new ArgumentException($"The tokenizer has no end token '{format.EndToken}'.", nameof(format));
        (_tokenizer, _templates, _format, _limits) = (tokenizer, templates, format, limits);
        _addedIds = [.. tokenizer.AddedTokens.Select(t => t.Id)];
    }

    /// <summary>How many paraphrases of the next-item prompt there are.</summary>
    public int NextItemCount => _templates.NextItemCount;

    /// <summary>A grounding prompt, with title and description shortened to the limits.</summary>
    /// <exception cref="ArgumentException">As <see cref="PromptTemplates.Grounding"/> and <see cref="Encode"/>.</exception>
    public EncodedPrompt Grounding(GroundingKind kind, string title, string description, string semanticId) => Encode(_templates.Grounding(
        kind, Shorten(title, _limits.TitleTokens), Shorten(description, _limits.DescriptionTokens), semanticId));

    /// <summary>A prompt of a fused task, with titles and the description shortened to the limits.</summary>
    /// <exception cref="ArgumentException">As <see cref="PromptTemplates.Fused"/> and <see cref="Encode"/>.</exception>
    public EncodedPrompt Fused(FusedTask task, IReadOnlyList<string> history, string answer)
    {
        ArgumentNullException.ThrowIfNull(history);
        return Encode(task switch
        {
            FusedTask.NextTitle => _templates.Fused(task, history, Shorten(answer, _limits.TitleTokens)),
            FusedTask.NextDescription => _templates.Fused(task, history, Shorten(answer, _limits.DescriptionTokens)),
            _ => _templates.Fused(task, [.. history.Select(title => Shorten(title, _limits.TitleTokens))], answer),
        });
    }

    /// <summary>A next-item prompt.</summary>
    /// <exception cref="ArgumentException">As <see cref="PromptTemplates.NextItem"/> and <see cref="Encode"/>.</exception>
    public EncodedPrompt NextItem(int paraphrase, IReadOnlyList<string> historyIds, string targetId) =>
        Encode(_templates.NextItem(paraphrase, historyIds, targetId));

    /// <summary>A next-item prompt without its answer, to generate from, <c>[time]</c>.</summary>
    /// <exception cref="ArgumentException">As <see cref="PromptTemplates.NextItem"/>, or the prompt is longer than the limit.</exception>
    public int[] NextItemQuery(int paraphrase, IReadOnlyList<string> historyIds)
    {
        var ids = _tokenizer.Encode(_format.Apply(_templates.NextItem(paraphrase, historyIds, "")).Prompt);
        RequireLength(ids.Length);
        return ids;
    }

    /// <summary>Lays out and encodes a prompt as it is.</summary>
    /// <exception cref="ArgumentException">It is longer than <see cref="PromptLimits.PromptTokens"/>.</exception>
    public EncodedPrompt Encode(PromptText text)
    {
        var laidOut = _format.Apply(text);
        var prompt = _tokenizer.Encode(laidOut.Prompt);
        int[] ids = [.. prompt, .. _tokenizer.Encode(laidOut.Answer), _endId];
        RequireLength(ids.Length);
        return new EncodedPrompt(ids, prompt.Length);
    }

    /// <summary>
    /// The start of a text, at most so many tokens long, never torn inside a character. Added tokens are left out: a title that spells one
    /// must not pass for an ID or the end of a turn.
    /// </summary>
    public string Shorten(string text, int tokens)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        // The start of a long description nearly always holds enough tokens; the rest then need not be encoded.
        var space = text.Length > EnoughCharacters * tokens ? text.LastIndexOf(' ', EnoughCharacters * tokens) : -1;
        if (space > 0 && IsCut(text[..space], tokens, out var start)) return start;
        IsCut(text, tokens, out var whole);
        return whole;
    }

    private bool IsCut(string text, int tokens, out string result)
    {
        var ids = _tokenizer.Encode(text);
        // Taking a token out can bring the halves of another together.
        while (Array.Exists(ids, _addedIds.Contains))
        {
            text = _tokenizer.Decode(ids.Where(id => !_addedIds.Contains(id)));
            ids = _tokenizer.Encode(text);
        }
        var isCut = ids.Length > tokens;
        result = isCut ? _tokenizer.Decode(ids.Take(tokens)).TrimEnd('\uFFFD').TrimEnd() : text;
        return isCut;
    }

    private void RequireLength(int length)
    {
        if (length > _limits.PromptTokens) throw new ArgumentException(
            $"The prompt has {length} tokens, the limit is {_limits.PromptTokens}: shorten the history or allow fewer title and description tokens.");
    }
}
