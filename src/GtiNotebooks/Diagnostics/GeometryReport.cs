namespace GtiNotebooks.Diagnostics;

/// <summary>The geometry of the new tokens' rows at one moment (after initialisation or grounding, or after fine-tuning).</summary>
/// <param name="EffectiveRankRaw">Effective rank of the rows as they are, in [1, min(rows, width)]; 0 for the zero matrix. Mean initialisation has 1.</param>
/// <param name="EffectiveRankCentred">Effective rank of the rows less their mean row; 0 where all rows are equal (mean initialisation).</param>
/// <param name="MeanCosine">Mean cosine over pairs of different rows, in [-1, 1].</param>
/// <param name="SingularValuesRaw">Singular values of the rows, largest first.</param>
/// <param name="SingularValuesCentred">Singular values of the rows less their mean row, largest first.</param>
/// <param name="Rsa">One entry a level; empty where no levels were given.</param>
public sealed partial record GeometryReport(
    double EffectiveRankRaw,
    double EffectiveRankCentred,
    double MeanCosine,
    IReadOnlyList<double> SingularValuesRaw,
    IReadOnlyList<double> SingularValuesCentred,
    IReadOnlyList<RsaLevel> Rsa);
