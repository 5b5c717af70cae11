using GtiNotebooks.SemanticIds;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>The rows of one level's tokens.</summary>
/// <param name="Level">0-based level.</param>
/// <param name="Rows">Their places in the table, ascending.</param>
internal sealed record CodeLevel(int Level, long[] Rows)
{
    /// <summary>The levels that have tokens, ascending.</summary>
    /// <param name="tokens">What each row stands for.</param>
    /// <param name="rows"><c>[tokens, width]</c>.</param>
    /// <exception cref="ArgumentException">There are not as many tokens as rows.</exception>
    public static IReadOnlyList<CodeLevel> Of(IReadOnlyList<CodeToken> tokens, Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (rows.shape[0] != tokens.Count)
        {
            throw new ArgumentException($"There are {rows.shape[0]} rows, but {tokens.Count} tokens.", nameof(tokens));
        }
        return [.. Enumerable.Range(0, tokens.Count)
            .GroupBy(row => tokens[row].Level, row => (long)row)
            .OrderBy(level => level.Key)
            .Select(level => new CodeLevel(level.Key, [.. level]))];
    }
}
