namespace GtiNotebooks.Text;

/// <summary>Where the encoding of texts stands.</summary>
/// <param name="Encoded">Texts done; equal texts count once.</param>
/// <param name="Texts">Texts in all; equal ones count once.</param>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="Remaining">Estimate from the time so far.</param>
public sealed record EncodingProgress(int Encoded, int Texts, TimeSpan Elapsed, TimeSpan Remaining);
