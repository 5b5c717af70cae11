using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>What a method retrieved for a list of rows, as far as metrics need it.</summary>
/// <param name="Targets">Where each row's target came out, with item-level credit.</param>
/// <param name="IdRanks">Rank of each target's ID among the IDs retrieved (string match), 0 = not there; null for a method without IDs.</param>
/// <param name="Lists">Each row's items, best first, as far as catalogue metrics look.</param>
internal sealed record RowRanks(IReadOnlyList<RankedTarget> Targets, IReadOnlyList<int>? IdRanks, IReadOnlyList<IReadOnlyList<int>> Lists)
{
    /// <summary>The metric that chooses among settings.</summary>
    public const string SelectionMetric = "NDCG@10";

    /// <summary>Where coverage and novelty cut the lists.</summary>
    public const int ListLength = 10;

    /// <summary>The value of <see cref="SelectionMetric"/>.</summary>
    public double SelectionValue => RankingMetrics.RowValues(Targets, MetricValue.Ndcg, 10).Average();
}
