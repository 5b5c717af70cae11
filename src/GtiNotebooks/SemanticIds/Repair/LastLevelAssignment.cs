using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Gives items that collide new codes on the last level by Sinkhorn-Knopp, as LC-Rec does (arXiv 2311.09049, section 3.1), prefix by prefix: the
/// items under one prefix that collide share out the codes that no other item there holds.
/// </summary>
/// <remarks>
/// LC-Rec asks for equal column sums, so that of K codes each must be used by n items to n/K: with two items and 256 codes, an item's
/// largest share is where the other item is farthest, near to neither. Here a code may stay unused: a further row, at no cost, takes what the
/// items leave, so that the plan tends to the assignment of least total distance. And LC-Rec takes the largest entry of each row, which is the same one
/// for items that are nearly alike; here the largest entries of the plan go first, and each takes a code that no other item has.
/// </remarks>
internal static class LastLevelAssignment
{
    private static readonly Scalar Least = 1e-300.ToScalar(); // costs that are all 0 divide too

    /// <summary>New codes; rows of items that did not collide are the given ones.</summary>
    public static int[][] Assign(int[][] codes, CodeSpace space, SinkhornOptions options)
    {
        var assigned = (int[][])codes.Clone();
        var last = space.Levels - 1;
        var prefixes = Enumerable.Range(0, codes.Length).GroupBy(item => codes[item][..last], CodesComparer.Instance).Where(group => group.Count() > 1);
        foreach (var prefix in prefixes)
        {
            var byCode = prefix.ToLookup(item => codes[item][last]);
            var colliding = prefix.Where(item => byCode[codes[item][last]].Count() > 1).ToArray();
            if (colliding.Length == 0) continue;
            var held = byCode.Where(group => group.Count() == 1).Select(group => group.Key).ToHashSet();
            int[] free = [.. Enumerable.Range(0, space.Size).Where(code => !held.Contains(code))];
            var chosen = Share(colliding.Select(item => space.Distances(space.Residual(item, prefix.Key), last)).ToArray(), free, options);
            for (var i = 0; i < colliding.Length; i++) assigned[colliding[i]] = [.. prefix.Key, chosen[i]];
        }
        return assigned;
    }

    /// <summary>A code for each item; items share codes only where there are fewer codes than items.</summary>
    private static int[] Share(double[][] distances, int[] free, SinkhornOptions options)
    {
        using var scope = NewDisposeScope();
        var (items, codes) = (distances.Length, free.Length);
        var costs = tensor(distances.SelectMany(row => free.Select(code => row[code])).ToArray(), [items, codes]);
        costs = costs / costs.max().clamp_min(Least);
        var rows = ones(items, ScalarType.Float64);
        using var share = Math.Max(1.0, (double)items / codes).ToScalar();
        var columns = full(codes, share, ScalarType.Float64);
        if (codes > items)
        {
            costs = cat([costs, zeros(1, codes, ScalarType.Float64)], 0);
            rows = cat([rows, tensor(new double[] { codes - items })], 0);
        }
        using var plan = Sinkhorn.Plan(costs, rows, columns, options.Epsilon, options.Rounds);
        var shares = plan.narrow(0, 0, items).contiguous().data<double>().ToArray();
        return Array.ConvertAll(Round(shares, items, codes), column => free[column]);
    }

    /// <summary>A column for each row: the largest shares first, each column once; rows that find none free take their largest share.</summary>
    /// <param name="shares"><c>[items * codes]</c>, row by row.</param>
    /// <param name="items">Rows.</param>
    /// <param name="codes">Columns.</param>
    internal static int[] Round(double[] shares, int items, int codes)
    {
        var chosen = new int[items];
        Array.Fill(chosen, -1);
        var taken = new bool[codes];
        foreach (var entry in Enumerable.Range(0, shares.Length).OrderByDescending(entry => shares[entry]).ThenBy(entry => entry))
        {
            var (item, code) = (entry / codes, entry % codes);
            if (chosen[item] >= 0 || taken[code]) continue;
            (chosen[item], taken[code]) = (code, true);
        }
        for (var item = 0; item < items; item++)
        {
            if (chosen[item] < 0) chosen[item] = Enumerable.Range(0, codes).MaxBy(code => shares[item * codes + code]);
        }
        return chosen;
    }
}
