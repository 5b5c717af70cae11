using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>Codes after the repair of collisions.</summary>
/// <param name="Codes">One row an item, <c>[items][levels]</c>, or one level more with <see cref="CollisionFallback.ExtraLevel"/>.</param>
/// <param name="AfterSinkhorn">The same after the last level was assigned anew, before the fallback.</param>
/// <param name="MovedBySinkhorn">Items whose code on the last level changed then.</param>
/// <param name="MovedByFallback">Items whose codes the fallback changed, or whose extra level is not 0.</param>
/// <param name="Identical">Groups of two or more items with equal vectors (and equal texts, where those are known): items ascending, groups by their first item.</param>
public sealed record RepairedCodes(
    IReadOnlyList<int[]> Codes, IReadOnlyList<int[]> AfterSinkhorn, int MovedBySinkhorn, int MovedByFallback, IReadOnlyList<IReadOnlyList<int>> Identical);

/// <summary>Gives items that share an ID different ones.</summary>
public static class CollisionRepair
{
    /// <summary>Repairs learnt codes: the last level anew for items that collide, then the fallback.</summary>
    /// <param name="fit">Codes, codebooks and what they describe; not changed.</param>
    /// <param name="vectors">The items' vectors, which tell which items are identical, <c>[items, width]</c>.</param>
    /// <param name="options">How.</param>
    /// <param name="texts">One an item: only equal texts make items identical then; may be left out.</param>
    /// <exception cref="ArgumentException">There are more items to tell apart than IDs.</exception>
    public static RepairedCodes Repair(CodebookFit fit, Tensor vectors, SemanticIdOptions options, IReadOnlyList<string>? texts = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(options);
        var identical = ItemVectors.Identical(vectors, texts);
        // Items that share one ID by choice take part as one, their first.
        var standIn = StandIns(fit.Codes.Count, options.Identical == IdenticalItems.ShareId ? identical : []);
        var members = standIn.Distinct().ToArray();
        int[][] start = [.. members.Select(item => fit.Codes[item])];

        var space = new CodeSpace(fit, members);
        var assigned = options.Sinkhorn is { } sinkhorn ? LastLevelAssignment.Assign(start, space, sinkhorn) : start;
        var repaired = options.Fallback switch
        {
            CollisionFallback.NextFreeCode => FreeCodes.Assign(assigned, space),
            CollisionFallback.ExtraLevel => [.. WithExtraLevel(assigned)],
            _ => assigned,
        };

        var place = members.Select((item, index) => (item, index)).ToDictionary(p => p.item, p => p.index);
        int[][] Spread(int[][] codes) => Array.ConvertAll(standIn, item => codes[place[item]]);
        return new RepairedCodes(Spread(repaired), Spread(assigned), Changed(start, assigned), Changed(assigned, repaired), identical);
    }

    /// <summary>
    /// Appends one level whose code is the item's rank, in catalogue order, among the items with the same codes: 0 for the first and for every
    /// item that is alone (TIGER's rule, arXiv 2305.05065). The level says nothing about what an item is, and no codebook belongs to it.
    /// </summary>
    /// <param name="codes">One row an item, <c>[items][levels]</c>; not changed.</param>
    /// <returns>Different rows, <c>[items][levels + 1]</c>.</returns>
    public static IReadOnlyList<int[]> WithExtraLevel(IReadOnlyList<int[]> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        var seen = new Dictionary<int[], int>(CodesComparer.Instance);
        var repaired = new int[codes.Count][];
        for (var item = 0; item < codes.Count; item++)
        {
            var rank = seen.GetValueOrDefault(codes[item]);
            seen[codes[item]] = rank + 1;
            repaired[item] = [.. codes[item], rank];
        }
        return repaired;
    }

    private static int[] StandIns(int items, IReadOnlyList<IReadOnlyList<int>> groups)
    {
        int[] standIn = [.. Enumerable.Range(0, items)];
        foreach (var group in groups)
        {
            foreach (var item in group) standIn[item] = group[0];
        }
        return standIn;
    }

    /// <summary>Rows that differ; an appended level differs where it is not 0.</summary>
    private static int Changed(int[][] before, int[][] after) =>
        before.Zip(after).Count(pair => !pair.First.AsSpan().SequenceEqual(pair.Second.AsSpan(0, pair.First.Length)) || pair.Second.Skip(pair.First.Length).Any(code => code != 0));
}
