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
    private const int FewestCodes = 3;

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
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(codebooks);
        using var scope = NewDisposeScope();
        var matrix = RowMatrix.AsFloat64(rows);
        if (matrix.shape[0] != tokens.Count)
        {
            throw new ArgumentException($"There are {matrix.shape[0]} rows, but {tokens.Count} tokens.", nameof(tokens));
        }
        return [.. Enumerable.Range(0, tokens.Count)
            .GroupBy(row => tokens[row].Level)
            .OrderBy(level => level.Key)
            .Select(level => MeasureLevel(matrix, tokens, [.. level], level.Key < codebooks.Count ? codebooks[level.Key] : null))];
    }

    private static RsaLevel MeasureLevel(Tensor matrix, IReadOnlyList<CodeToken> tokens, long[] rows, Tensor? codebook)
    {
        var level = tokens[(int)rows[0]].Level;
        if (codebook is null || rows.Length < FewestCodes)
        {
            return new RsaLevel(level, Pearson: null, Spearman: null, rows.Length);
        }
        using var scope = NewDisposeScope();
        var vectors = RowMatrix.AsFloat64(codebook);
        long[] codes = [.. rows.Select(row => CodeIn(vectors, tokens[(int)row]))];
        var ofRows = Cosines(matrix.index_select(0, tensor(rows)));
        var ofCodes = Cosines(vectors.index_select(0, tensor(codes)));
        return new RsaLevel(level, Correlation.Pearson(ofRows, ofCodes), Correlation.Spearman(ofRows, ofCodes), rows.Length);
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
