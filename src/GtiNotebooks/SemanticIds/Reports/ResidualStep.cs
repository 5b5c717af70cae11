using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// One step of the residual rule for one item: c_l = argmin_k |r_l - q_k|, then r_(l+1) = r_l - q_(c_l) (Lee et al. 2022, arXiv 2203.01941).
/// Lengths are Euclidean, in the space of the codebooks.
/// </summary>
/// <param name="Level">From 0.</param>
/// <param name="Code">The code that the item has.</param>
/// <param name="Before">|r_l|, the length of what the levels before left over; at the first level, of the whole encoded vector.</param>
/// <param name="After">|r_l - q_c|, the distance to the code, which is the length of what is left for the next level.</param>
/// <param name="RunnerUp">The nearest of the other codes; null where the codebook has one code only.</param>
/// <param name="RunnerUpDistance">The distance to it; at least <paramref name="After"/>, up to rounding. Null with it.</param>
public sealed record ResidualStep(int Level, int Code, double Before, double After, int? RunnerUp, double? RunnerUpDistance)
{
    /// <summary>Follows an item through the levels, by its learnt codes (before any repair).</summary>
    /// <param name="fit">Codes, codebooks and what they describe.</param>
    /// <param name="item">Its place in the catalogue.</param>
    /// <returns>One step a level.</returns>
    public static IReadOnlyList<ResidualStep> Of(CodebookFit fit, int item)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, fit.Codes.Count);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var residual = fit.Encoded[item].detach().cpu().to(ScalarType.Float64);
        var steps = new List<ResidualStep>();
        for (var level = 0; level < fit.Codebooks.Count; level++)
        {
            var code = fit.Codes[item][level];
            var rest = residual - fit.Codebooks[level].detach().cpu().to(ScalarType.Float64);
            var distances = rest.pow(Scalars.Two).sum(1).sqrt().data<double>().ToArray();
            int[] others = [.. Enumerable.Range(0, distances.Length).Where(other => other != code)];
            int? second = others.Length == 0 ? null : others.MinBy(other => distances[other]);
            steps.Add(new ResidualStep(
                level, code, residual.pow(Scalars.Two).sum().sqrt().item<double>(), distances[code], second, second is { } other ? distances[other] : null));
            residual = rest[code];
        }
        return steps;
    }
}
