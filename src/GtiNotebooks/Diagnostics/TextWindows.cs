using GtiNotebooks.Models;
using GtiNotebooks.Text;

namespace GtiNotebooks.Diagnostics;

/// <summary>Texts as a language model reads them: each alone, after the end-of-text token, cut where it is longer than the window.</summary>
internal static class TextWindows
{
    private const int UsualWindow = 96;

    /// <summary>The window where nothing is said: 96 tokens, or what a model of shorter texts can see.</summary>
    public static int WindowFor(CausalLM model) => (int)Math.Min(UsualWindow, model.Config.MaxPositions + 1L);

    /// <summary>The windows by length, shortest first: those of like length run together, so that little of what runs is padding.</summary>
    /// <param name="pretrained">The model and its tokenizer.</param>
    /// <param name="texts">The texts; empty ones have no window.</param>
    /// <param name="window">Tokens seen at once, the one before the first predicted token included; at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is below 2 or beyond what the model was made for.</exception>
    public static EncodedPrompt[] Of(PretrainedModel pretrained, IReadOnlyList<string> texts, int window)
    {
        var (model, tokenizer) = pretrained;
        return window < 2 || window - 1 > model.Config.MaxPositions
            ? throw new ArgumentOutOfRangeException(nameof(window), window, $"A window has 2 to {model.Config.MaxPositions + 1L} tokens")
            : [.. texts.SelectMany(text => Cut([model.Config.EndOfTextId, .. tokenizer.Encode(text)], window)).OrderBy(piece => piece.Ids.Length)];
    }

    // Neighbours share one token: the last of one is what the next begins to predict from.
    private static IEnumerable<EncodedPrompt> Cut(int[] ids, int window)
    {
        for (var start = 0; start + 1 < ids.Length; start += window - 1)
            yield return new EncodedPrompt(ids[start..Math.Min(start + window, ids.Length)], AnswerStart: 1);
    }
}
