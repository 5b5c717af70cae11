namespace GtiNotebooks.Diagnostics;

/// <summary>How far one level's token rows are arranged like that level's codebook vectors (representational similarity analysis).</summary>
/// <param name="Level">0-based level of the Semantic ID.</param>
/// <param name="Pearson">Pearson correlation of the two cosine matrices' upper triangles, in [-1, 1]; null where it is not defined:
/// no codebook, fewer than 3 codes, or one of the two sides without any variation (mean initialisation: all cosines are 1).</param>
/// <param name="Spearman">The same by ranks, ties given their average rank.</param>
/// <param name="Codes">How many codes of the level have a token.</param>
public sealed record RsaLevel(int Level, double? Pearson, double? Spearman, int Codes);
