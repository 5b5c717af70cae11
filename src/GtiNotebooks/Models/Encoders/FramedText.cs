using GtiNotebooks.Text;

namespace GtiNotebooks.Models;

/// <summary>A text as a model reads it.</summary>
/// <param name="Ids">Token ids, begin and end tokens included; empty for an empty text.</param>
/// <param name="First">First of the tokens whose states count.</param>
/// <param name="Count">How many count.</param>
internal sealed record FramedText(int[] Ids, int First, int Count);

/// <summary>Puts begin and end tokens around texts and cuts what is too long; the end token is never cut.</summary>
/// <param name="Pooling">Which tokens count.</param>
/// <param name="Begin">Token ids before a text.</param>
/// <param name="End">Token ids after a text.</param>
/// <param name="MaximumTokens">Most tokens, begin and end included.</param>
internal sealed record TextFrame(TextPooling Pooling, IReadOnlyList<int> Begin, IReadOnlyList<int> End, int MaximumTokens)
{
    /// <summary>What a model and its tokenizer expect.</summary>
    /// <exception cref="ArgumentException">No such pooling, or no room for a token of the text.</exception>
    public static TextFrame Of(PretrainedModel pretrained, TextPooling pooling, int maximumTokens)
    {
        var (before, after) = SequenceTemplate.Of(pretrained.Tokenizer);
        var config = pretrained.Model.Config;
        IReadOnlyList<int> end = pooling switch
        {
            TextPooling.MeanOfTokens => [],
            TextPooling.LastToken => after.Count > 0 ? after : [config.EndOfTextId],
            _ => throw new ArgumentOutOfRangeException(nameof(pooling), pooling, "There is no such pooling"),
        };
        var limit = Math.Min(maximumTokens, config.MaxPositions);
        return limit > before.Count + end.Count
            ? new TextFrame(pooling, before, end, limit)
            : throw new ArgumentOutOfRangeException(nameof(maximumTokens), maximumTokens, $"{before.Count + end.Count} begin and end tokens leave no room for text");
    }

    /// <summary>Frames one text.</summary>
    public FramedText Apply(int[] text)
    {
        if (text.Length == 0)
            return new FramedText([], 0, 0);
        var kept = text.AsSpan(0, Math.Min(text.Length, MaximumTokens - Begin.Count - End.Count));
        int[] ids = [.. Begin, .. kept, .. End];
        return Pooling == TextPooling.LastToken ? new FramedText(ids, ids.Length - 1, 1) : new FramedText(ids, Begin.Count, kept.Length);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Pooling}, begin [{string.Join(' ', Begin)}], end [{string.Join(' ', End)}], at most {MaximumTokens} tokens");
}
