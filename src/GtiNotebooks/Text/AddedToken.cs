namespace GtiNotebooks.Text;

/// <summary>A token outside the merges: it is found in the text before anything else and never split.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text, e.g. <c>&lt;|im_end|&gt;</c> or <c>&lt;a_17&gt;</c>.</param>
/// <param name="Special">A control token, which decoders that show text to people may leave out. <see cref="Tokenizer.Decode"/> keeps it.</param>
/// <param name="Normalized">Searched for in the normalised text rather than in the text as it came.</param>
public sealed record AddedToken(int Id, string Content, bool Special, bool Normalized);
