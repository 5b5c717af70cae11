using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>The geometry of the new tokens' rows at one moment (after initialisation or grounding, or after fine-tuning).</summary>
/// <param name="EffectiveRankRaw">Effective rank of the rows as they are, in [1, min(rows, width)]; 0 for the zero matrix. Mean initialisation has 1.</param>
/// <param name="EffectiveRankCentred">Effective rank of the rows less their mean row; 0 where all rows are equal (mean initialisation).</param>
/// <param name="MeanCosine">Mean cosine over pairs of different rows, in [-1, 1].</param>
/// <param name="SingularValuesRaw">Singular values of the rows, largest first.</param>
/// <param name="SingularValuesCentred">Singular values of the rows less their mean row, largest first.</param>
/// <param name="Rsa">One entry a level; empty where no levels were given.</param>
public sealed record GeometryReport(
    double EffectiveRankRaw,
    double EffectiveRankCentred,
    double MeanCosine,
    IReadOnlyList<double> SingularValuesRaw,
    IReadOnlyList<double> SingularValuesCentred,
    IReadOnlyList<RsaLevel> Rsa)
{
    /// <summary>Measures rows of which nothing else is known; <see cref="Rsa"/> is empty.</summary>
    /// <param name="rows"><c>[rows, width]</c>, any float type, any device; neither changed nor kept.</param>
    /// <exception cref="ArgumentException">Not a matrix, an empty one, or one with numbers that are not finite.</exception>
    public static GeometryReport Measure(Tensor rows) => Measure(rows, []);

    /// <summary>Measures the rows of code tokens.</summary>
    /// <param name="rows"><c>[tokens, width]</c>, any float type, any device; neither changed nor kept.</param>
    /// <param name="tokens">What each row stands for, such as <see cref="SemanticIdMap.Tokens"/>.</param>
    /// <param name="codebooks">The codebook of level 0, 1, ... as <c>[codes, any width]</c>; empty where codes come without vectors.</param>
    /// <exception cref="ArgumentException">There are not as many tokens as rows, a token's code is not in its codebook, or a matrix is not one
    /// or holds numbers that are not finite.</exception>
    public static GeometryReport Measure(Tensor rows, IReadOnlyList<CodeToken> tokens, IReadOnlyList<Tensor> codebooks) =>
        Measure(rows, RepresentationalSimilarity.Measure(rows, tokens, codebooks));

    private static GeometryReport Measure(Tensor rows, IReadOnlyList<RsaLevel> rsa)
    {
        var raw = Spectrum.Raw(rows);
        var centred = Spectrum.Centred(rows);
        return new GeometryReport(
            raw.EffectiveRank, centred.EffectiveRank, CosineStructure.MeanOffDiagonal(rows), raw.SingularValues, centred.SingularValues, rsa);
    }
}
