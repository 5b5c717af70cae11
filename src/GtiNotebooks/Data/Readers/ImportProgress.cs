namespace GtiNotebooks.Data;

/// <summary>Where the reading of a large file stands.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Lines">Lines read so far.</param>
/// <param name="Fraction">Share of the file's bytes read so far, 0 to 1.</param>
public sealed record ImportProgress(string File, long Lines, double Fraction);
