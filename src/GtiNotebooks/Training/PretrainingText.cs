namespace GtiNotebooks.Training;

/// <summary>One source of plain text to pretrain on. Every hundredth of its texts is held out, to measure on.</summary>
/// <param name="Name">What the source is called where it is reported, e.g. <c>WordNet</c>.</param>
/// <param name="Texts">Its texts, one sense, listing or sentence each.</param>
public sealed record PretrainingText(string Name, IReadOnlyList<string> Texts)
{
    private const int HoldOutEvery = 100;

    /// <summary>The texts to train on.</summary>
    public IEnumerable<string> Training => Texts.Where((_, i) => i % HoldOutEvery != 0);

    /// <summary>The first text and every hundredth after it; neither tokenizer nor model sees them.</summary>
    public IEnumerable<string> HeldOut => Texts.Where((_, i) => i % HoldOutEvery == 0);
}
