using GtiNotebooks.Text;

namespace GtiNotebooks.Training;

/// <summary>A prompt in two: the prefix, which has no new token, and the rest, which begins with the first.</summary>
/// <param name="Prompt">The prompt with its answer. The last token is only ever a target and belongs to neither part.</param>
/// <param name="PrefixLength">Tokens of the prefix, maybe none.</param>
internal readonly record struct PromptParts(EncodedPrompt Prompt, int PrefixLength)
{
    /// <summary>Divides a prompt.</summary>
    public static PromptParts Of(EncodedPrompt prompt, Predicate<int> isNew)
    {
        var first = Array.FindIndex(prompt.Ids, isNew);
        return new PromptParts(prompt, first < 0 ? prompt.Ids.Length - 1 : Math.Min(first, prompt.Ids.Length - 1));
    }

    /// <summary>The prefix.</summary>
    public ReadOnlySpan<int> Prefix => PrefixIds.Span;

    /// <summary>The prefix, for those who keep it a while.</summary>
    public ReadOnlyMemory<int> PrefixIds => Prompt.Ids.AsMemory(0, PrefixLength);

    /// <summary>The rest.</summary>
    public ReadOnlySpan<int> Rest => Prompt.Ids.AsSpan(PrefixLength, Prompt.Ids.Length - 1 - PrefixLength);

    /// <summary>The first position whose next token is part of the answer.</summary>
    public int FirstPredictor => Prompt.AnswerStart - 1;

    /// <summary>The first position in the prefix whose next token is part of the answer; the prefix' length where there is none.</summary>
    public int FirstPrefixPredictor => Math.Min(FirstPredictor, PrefixLength);
}
