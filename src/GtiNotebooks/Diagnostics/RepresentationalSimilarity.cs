using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>
/// Representational similarity analysis: are tokens whose codes lie close together in the codebook close together in the embedding table? For
/// each level, the cosine matrix of the tokens' rows and that of the codes' vectors; the correlation of the two upper triangles.
/// </summary>
public static class RepresentationalSimilarity
{
    // Of two codes there is one cosine, and of one number no correlation.
    internal const int FewestCodes = 3;

    // Cosines that are equal but for rounding must be equal, or their ranks are noise.
    private const int CosineDigits = 12;

    /// <summary>Compares each level's rows with its codebook.</summary>
    /// <param name="rows"><c>[tokens, width]</c>: the tokens' rows of the embedding table.</param>
    /// <param name="tokens">What each row stands for; each code at most once a level.</param>
    /// <param name="codebooks">The codebook of level 0, 1, ... as <c>[codes, any width]</c>; a level beyond the list has none (a level that only
    /// separates colliding items, or codes that were published without vectors).</param>
    /// <returns>One entry a level that has tokens, ascending.</returns>
    /// <exception cref="ArgumentException">There are not as many tokens as rows, a token's code is not in its codebook, or a matrix is not one
    /// or holds numbers that are not finite.</exception>
    public static IReadOnlyList<RsaLevel> Measure(Tensor rows, IReadOnlyList<CodeToken> tokens, IReadOnlyList<Tensor> codebooks)
    {
        ArgumentNullException.ThrowIfNull(codebooks);
        using var scope = NewDisposeScope();
        var matrix = RowMatrix.AsFloat64(rows);
        return [.. CodeLevel.Of(tokens, matrix).Select(level => MeasureLevel(matrix, tokens, level, codebooks))];
    }

    private static RsaLevel MeasureLevel(Tensor matrix, IReadOnlyList<CodeToken> tokens, CodeLevel level, IReadOnlyList<Tensor> codebooks) =>
        Triangles(matrix, tokens, level, codebooks) is (var ofRows, var ofCodes)
            ? new RsaLevel(level.Level, Correlation.Pearson(ofRows, ofCodes), Correlation.Spearman(ofRows, ofCodes), level.Rows.Length)
            : new RsaLevel(level.Level, Pearson: null, Spearman: null, level.Rows.Length);

    /// <summary>
    /// The upper triangles of the two cosine matrices of a level, row by row without the diagonal; null where the level has no codebook or too few codes.
    /// </summary>
    /// <exception cref="ArgumentException">A token's code is not in its codebook, or the codebook is no matrix of finite numbers.</exception>
    internal static (double[] OfRows, double[] OfCodes)? Triangles(
        Tensor matrix, IReadOnlyList<CodeToken> tokens, CodeLevel level, IReadOnlyList<Tensor> codebooks)
    {
        if (level.Level >= codebooks.Count || level.Rows.Length < FewestCodes)
        {
            return null;
        }
        using var scope = NewDisposeScope();
        var vectors = RowMatrix.AsFloat64(codebooks[level.Level]);
        long[] codes = [.. level.Rows.Select(row => CodeIn(vectors, tokens[(int)row]))];
        return (Cosines(matrix.index_select(0, tensor(level.Rows))), Cosines(vectors.index_select(0, tensor(codes))));
    }

    private static long CodeIn(Tensor codebook, CodeToken token) => token.Code < codebook.shape[0]
        ? token.Code
        : throw new ArgumentException($"The token {token.Text} is not in the codebook of its level, which has {codebook.shape[0]} codes.", "tokens");

    // The upper triangle without the diagonal, row by row.
    private static double[] Cosines(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var matrix = RowMatrix.Values(CosineStructure.Matrix(rows));
        var count = (int)rows.shape[0];
        var triangle = new double[count * (count - 1) / 2];
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                triangle[next++] = Math.Round(matrix[(i * count) + j], CosineDigits);
            }
        }
        return triangle;
    }
}
