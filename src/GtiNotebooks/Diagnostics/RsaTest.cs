using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>How a test of representational similarity is made.</summary>
/// <param name="Permutations">How often the codes are permuted; at least 19, so that 5 % can be seen at all.</param>
/// <param name="MostRows">
/// Tokens compared at most, all levels together and each level in equal part; where a level has more, so many are drawn. 2,048 of 24,576 take one
/// to five seconds, and the time grows with their square.
/// </param>
/// <param name="Seed">Seed of the sample and of the permutations.</param>
public sealed record RsaTestOptions(int Permutations = 999, int MostRows = 2048, int Seed = 0)
{
    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Permutations, 19);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostRows, RepresentationalSimilarity.FewestCodes);
    }
}

/// <summary>A correlation beside what chance gives.</summary>
/// <param name="Value">The correlation of the two cosine matrices' upper triangles, in [-1, 1].</param>
/// <param name="ChanceLow">2.5 % of the permutations give less.</param>
/// <param name="ChanceHigh">2.5 % of the permutations give more.</param>
/// <param name="PValue">
/// How often chance alone is as high: (1 + permutations at least as high) / (1 + permutations), one-sided, in (0, 1].
/// </param>
public sealed record PermutedCorrelation(double Value, double ChanceLow, double ChanceHigh, double PValue)
{
    /// <summary>Whether the value is above what 97.5 % of the permutations give.</summary>
    public bool IsAboveChance => Value > ChanceHigh;
}

/// <summary>
/// Whether one level's token rows are arranged like the level's codebook vectors, and whether that could be chance. The pairs of a triangle share tokens and are
/// not independent, so chance is what remains when the codes are permuted among the tokens (the Mantel test, 1967).
/// </summary>
/// <param name="Level">0-based level of the Semantic ID.</param>
/// <param name="Codes">How many codes of the level have a token.</param>
/// <param name="Compared">How many of them were compared: all, or a sample.</param>
/// <param name="Pearson">Of the cosines; null where it is not defined (<see cref="RsaLevel.Pearson"/>).</param>
/// <param name="Spearman">Of their ranks; null likewise.</param>
public sealed record RsaTest(int Level, int Codes, int Compared, PermutedCorrelation? Pearson, PermutedCorrelation? Spearman)
{
    /// <summary>Tests each level's rows against its codebook.</summary>
    /// <param name="rows"><c>[tokens, width]</c>: the tokens' rows of the embedding table.</param>
    /// <param name="tokens">What each row stands for; each code at most once a level.</param>
    /// <param name="codebooks">The codebook of level 0, 1, ... as <c>[codes, any width]</c>; a level beyond the list has none.</param>
    /// <param name="options">How; the usual options when left out.</param>
    /// <param name="cancellation">Stops before the next permutation.</param>
    /// <returns>One entry a level that has tokens, ascending.</returns>
    /// <exception cref="ArgumentException">An option is out of range, there are not as many tokens as rows, a token's code is not in its codebook, or a matrix
    /// is not one or holds numbers that are not finite.</exception>
    /// <exception cref="OperationCanceledException">The test was cancelled.</exception>
    public static IReadOnlyList<RsaTest> Measure(
        Tensor rows, IReadOnlyList<CodeToken> tokens, IReadOnlyList<Tensor> codebooks, RsaTestOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(codebooks);
        options ??= new RsaTestOptions();
        options.Validate();
        using var scope = NewDisposeScope();
        var matrix = RowMatrix.AsFloat64(rows);
        var levels = CodeLevel.Of(tokens, matrix);
        var most = Math.Max(RepresentationalSimilarity.FewestCodes, options.MostRows / levels.Count);
        return [.. levels.Select(level => Of(level, RowSample.Draw(level, most, options.Seed)))];

        RsaTest Of(CodeLevel level, CodeLevel sample)
        {
            if (RepresentationalSimilarity.Triangles(matrix, tokens, sample, codebooks) is not (var ofRows, var ofCodes))
            {
                return new RsaTest(level.Level, level.Rows.Length, sample.Rows.Length, Pearson: null, Spearman: null);
            }
            var pearson = PermutedTriangles.Create(ofRows, ofCodes, sample.Rows.Length);
            var spearman = PermutedTriangles.Create(Correlation.AverageRanks(ofRows), Correlation.AverageRanks(ofCodes), sample.Rows.Length);
            var random = new Random(unchecked((options.Seed * 397) ^ level.Level));
            var places = Enumerable.Range(0, sample.Rows.Length).ToArray();
            for (var i = 0; i < options.Permutations; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                random.Shuffle(places);
                pearson?.Permute(places);
                spearman?.Permute(places);
            }

            return new RsaTest(level.Level, level.Rows.Length, sample.Rows.Length, pearson?.Result(), spearman?.Result());
        }
    }
}
