using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>
/// Which codes of a level a model takes for alike: their rows' cosine, less the mean row of the level. Grounded rows share a large direction that says on which
/// level a code stands, and beside it words, whose rows lie elsewhere, tell little; what tells codes of a level apart is left when that direction is taken off.
/// </summary>
public static class NearestCodes
{
    // Rows that are equal must tie, whatever rounding leaves of them.
    private const int CosineDigits = 12;

    /// <summary>The nearest codes of each code, of its own level.</summary>
    /// <param name="extension">An extended model.</param>
    /// <param name="codes">Places in <see cref="VocabularyExtension.TokenIds"/>.</param>
    /// <param name="count">How many neighbours each gets, at least 1; fewer where the level has no more codes.</param>
    /// <returns>One entry a code, in their order; of equal neighbours the smaller place first. Where all rows of a level are equal, all cosines are 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or there is no such code.</exception>
    /// <exception cref="ArgumentException">Rows hold numbers that are not finite.</exception>
    public static IReadOnlyList<TokenNeighbours> Of(VocabularyExtension extension, IReadOnlyList<int> codes, int count)
    {
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        foreach (var code in codes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(code, nameof(codes));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(code, extension.TokenIds.Count, nameof(codes));
        }
        using var scope = NewDisposeScope();
        var rows = RowMatrix.AsFloat64(extension.Model.Embedding.New);
        var levels = CodeLevel.Of(extension.Ids.Tokens, rows).Select(level => (level.Rows, Cosines: Cosines(rows, level.Rows))).ToArray();
        return [.. codes.Select(code =>
        {
            var (places, cosines) = levels.First(level => level.Rows.Contains(code));
            return Neighbours(extension, code, places, cosines.AsSpan(Array.IndexOf(places, code) * places.Length, places.Length).ToArray(), count);
        })];
    }

    // Cosines of all pairs of a level, row by row.
    private static double[] Cosines(Tensor rows, long[] places)
    {
        using var scope = NewDisposeScope();
        var level = rows.index_select(0, tensor(places));
        return RowMatrix.Values(CosineStructure.Matrix(level.sub(level.mean([0], keepdim: true))));
    }

    private static TokenNeighbours Neighbours(VocabularyExtension extension, int code, long[] places, double[] cosines, int count)
    {
        string Text(long place) => extension.Ids.Tokens[(int)place].Text;
        return new TokenNeighbours(extension.TokenIds[code], Text(code),
            [.. places.Zip(cosines, (place, cosine) => (Place: place, Cosine: Math.Round(cosine, CosineDigits)))
                .Where(other => other.Place != code)
                .OrderByDescending(other => other.Cosine).ThenBy(other => other.Place)
                .Take(count)
                .Select(other => new TokenNeighbour(extension.TokenIds[(int)other.Place], Text(other.Place), other.Cosine))]);
    }
}
