using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// LETTER's diversity loss (Wang et al., CIKM 2024, arXiv 2405.07314, section 3.2.3), which draws the codes of a group together and all others
/// apart, so that codes spread evenly: the codes of a level fall into groups (balanced k-means of the code vectors), and
/// L = -1/B sum_i ln( exp(e_i . e_+) / sum over j other than i's own code of exp(e_i . e_j) ), e_i being the vector of the code that item i
/// took and e_+ that of another code of the same group, drawn anew each time.
/// </summary>
internal static class DiversityLoss
{
    private static readonly Scalar Excluded = (-1e9).ToScalar(); // no code is its own partner

    /// <summary>The loss of one level.</summary>
    /// <param name="codebook"><c>[size, width]</c>; gradients reach it.</param>
    /// <param name="codes">Codes taken, int64 <c>[batch]</c>.</param>
    /// <param name="partners">For each of them a code of its group other than itself, int64 <c>[batch]</c>.</param>
    /// <returns>A number.</returns>
    public static Tensor Of(Tensor codebook, Tensor codes, Tensor partners)
    {
        var similarities = codebook.index_select(0, codes).mm(codebook.t());
        var own = codes.unsqueeze(1).eq(Scalars.Range(0, codebook.shape[0], ScalarType.Int64, codebook.device));
        return nn.functional.cross_entropy(similarities.masked_fill(own, Excluded), partners);
    }

    /// <summary>Groups of a level's codes, of about equal size: for each code its group.</summary>
    /// <param name="codebook"><c>[size, width]</c>.</param>
    /// <param name="groups">How many; fewer where that would leave groups of one.</param>
    /// <param name="random">For the start of k-means.</param>
    public static int[] Groups(Tensor codebook, int groups, Random random)
    {
        var count = Math.Clamp((int)codebook.shape[0] / 2, 1, groups);
        using var scope = NewDisposeScope();
        var points = codebook.detach().cpu().to(ScalarType.Float64);
        return Array.ConvertAll(KMeans.Fit(points, count, 10, ClusterSizes.Balanced, random).Labels, label => (int)label);
    }

    /// <summary>For each code taken, another of its group; a code that is alone in its group is given the next code.</summary>
    public static long[] Partners(long[] codes, int[] groups, Random random)
    {
        var members = Enumerable.Range(0, groups.Length).GroupBy(code => groups[code]).ToDictionary(g => g.Key, g => g.ToArray());
        return Array.ConvertAll(codes, code =>
        {
            var group = members[groups[code]];
            if (group.Length == 1) return (code + 1) % groups.Length;
            var other = random.Next(group.Length - 1); // one of the others: the last stands in for the code itself
            return group[other] == code ? group[^1] : group[other];
        });
    }
}
