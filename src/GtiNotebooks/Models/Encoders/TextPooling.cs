namespace GtiNotebooks.Models;

/// <summary>How the states of a text's tokens become one vector.</summary>
public enum TextPooling
{
    /// <summary>
    /// The mean over the text's own tokens. A begin token, where the tokenizer has one, runs before them but does not count; no end token runs.
    /// LC-Rec and MiniOneRec take the mean too.
    /// </summary>
    MeanOfTokens,

    /// <summary>
    /// The state of the token that ends the text, the only one that has seen all of it: how Qwen3-Embedding was trained (arXiv 2506.05176). The
    /// end token is the one that the tokenizer's template adds (<c>&lt;|endoftext|&gt;</c> there), else the model's end of text.
    /// </summary>
    LastToken,
}
