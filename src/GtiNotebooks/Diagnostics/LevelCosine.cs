using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>How alike the rows of two levels' tokens are, or of one level's among themselves.</summary>
/// <param name="Level">0-based level.</param>
/// <param name="OtherLevel">The other level, or the same.</param>
/// <param name="MeanCosine">Mean cosine over the pairs, in [-1, 1]; null where there is no pair (a level of one token with itself).</param>
/// <param name="Pairs">Pairs of different tokens.</param>
public sealed record LevelCosine(int Level, int OtherLevel, double? MeanCosine, long Pairs)
{
    /// <summary>Whether the pairs are of one level.</summary>
    public bool IsWithin => Level == OtherLevel;

    /// <summary>
    /// Measures all pairs of levels, without the matrix of all pairs of tokens. A block of high cosines within every level and low ones between is a table that
    /// has learnt which level a token belongs to; high ones everywhere are the collapse.
    /// </summary>
    /// <param name="rows"><c>[tokens, width]</c>, any float type; computed in float64.</param>
    /// <param name="tokens">What each row stands for, such as <see cref="SemanticIdMap.Tokens"/>.</param>
    /// <returns>By level, then other level; each pair of levels once, the lower level first.</returns>
    /// <exception cref="ArgumentException">There are not as many tokens as rows, or the rows are no matrix, or hold numbers that are not finite.</exception>
    public static IReadOnlyList<LevelCosine> Measure(Tensor rows, IReadOnlyList<CodeToken> tokens)
    {
        using var scope = NewDisposeScope();
        var directions = RowMatrix.Directions(rows);
        var levels = CodeLevel.Of(tokens, directions);
        var sums = levels.Select(level => directions.index_select(0, tensor(level.Rows)).sum(dim: 0)).ToArray();
        var found = new List<LevelCosine>();
        for (var i = 0; i < levels.Count; i++)
        {
            for (var j = i; j < levels.Count; j++)
            {
                found.Add(Between(directions, levels[i], sums[i], levels[j], sums[j]));
            }
        }

        return found;
    }

    private static LevelCosine Between(Tensor directions, CodeLevel level, Tensor sum, CodeLevel other, Tensor otherSum)
    {
        using var scope = NewDisposeScope();
        // All ordered pairs at once: the product of the sums. Within a level, less the pairs of a row with itself, and each pair is there twice.
        var all = sum.mul(otherSum).sum().item<double>();
        var within = level.Level == other.Level;
        var pairs = within ? (long)level.Rows.Length * (level.Rows.Length - 1) / 2 : (long)level.Rows.Length * other.Rows.Length;
        if (within)
        {
            var own = directions.index_select(0, tensor(level.Rows));
            all = (all - own.mul(own).sum().item<double>()) / 2;
        }

        return new LevelCosine(level.Level, other.Level, pairs == 0 ? null : Math.Clamp(all / pairs, -1, 1), pairs);
    }
}
