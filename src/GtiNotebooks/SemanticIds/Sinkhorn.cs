using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Sinkhorn-Knopp: entropy-regularised optimal transport (Cuturi 2013). Of all plans with given row and column sums it finds the one that
/// minimises sum(P * C) + epsilon * sum(P * ln P): P_ij = exp((f_i + g_j - C_ij) / epsilon). Computed in logarithms, so that no epsilon underflows.
/// </summary>
public static class Sinkhorn
{
    /// <summary>The transport plan.</summary>
    /// <param name="costs"><c>[rows, columns]</c>; infinite where a row must not use a column.</param>
    /// <param name="rowSums">Positive, <c>[rows]</c>.</param>
    /// <param name="columnSums">Positive, <c>[columns]</c>, of the same total.</param>
    /// <param name="epsilon">Above 0, in the unit of the costs; the smaller, the nearer to the best assignment, and the more rounds it takes.</param>
    /// <param name="rounds">Most rounds; fewer when no column sum is off by more than a millionth of its share.</param>
    /// <returns><c>[rows, columns]</c> float64; its rows have the sums asked for, its columns nearly. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">Shapes or totals do not fit.</exception>
    public static Tensor Plan(Tensor costs, Tensor rowSums, Tensor columnSums, double epsilon, int rounds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(epsilon, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (rows, columns) = (Float64(rowSums), Float64(columnSums));
        if (costs.dim() != 2 || rows.dim() != 1 || columns.dim() != 1 || costs.shape[0] != rows.shape[0] || costs.shape[1] != columns.shape[0])
            throw new ArgumentException($"Costs [{string.Join(", ", costs.shape)}] need row sums [{costs.shape[0]}] and column sums.", nameof(costs));
        var (rowTotal, columnTotal) = (rows.sum().item<double>(), columns.sum().item<double>());
        if (Math.Abs(rowTotal - columnTotal) > 1e-9 * Math.Abs(rowTotal))
            throw new ArgumentException($"Row sums add up to {rowTotal}, column sums to {columnTotal}; they must be equal.", nameof(columnSums));

        using var temperature = (-epsilon).ToScalar();
        var scores = Float64(costs) / temperature;
        var (logRows, logColumns) = (rows.log(), columns.log());
        var g = zeros_like(columns);
        for (var round = 0; round < rounds; round++)
        {
            using var step = NewDisposeScope();
            var next = NextColumnPotentials(scores, logRows, logColumns, g);
            // A column's sum is exp(g - next) times what it should be.
            var converged = (next - g).abs().max().item<double>() < 1e-6;
            g.copy_(next);
            if (converged) break;
        }
        return scores.Plus(RowPotentials(scores, logRows, g).unsqueeze(1)).Plus(g).exp().MoveToOuterDisposeScope();
    }

    /// <summary>One round: row potentials that make the rows right, then the column potentials that make the columns right, <c>[columns]</c>.</summary>
    /// <param name="scores">-costs / epsilon, <c>[rows, columns]</c>.</param>
    /// <param name="logRows">Logarithms of the row sums.</param>
    /// <param name="logColumns">Logarithms of the column sums.</param>
    /// <param name="g">Column potentials so far, in units of epsilon.</param>
    internal static Tensor NextColumnPotentials(Tensor scores, Tensor logRows, Tensor logColumns, Tensor g) =>
        logColumns - scores.Plus(RowPotentials(scores, logRows, g).unsqueeze(1)).logsumexp(0);

    private static Tensor RowPotentials(Tensor scores, Tensor logRows, Tensor g) => logRows - scores.Plus(g).logsumexp(1);

    private static Tensor Float64(Tensor values) => values.detach().to(ScalarType.Float64);
}
