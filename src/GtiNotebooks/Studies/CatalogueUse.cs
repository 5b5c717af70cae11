using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>What a method's lists show of the catalogue, beside how often they hit.</summary>
/// <param name="K">Length at which the lists were cut.</param>
/// <param name="Coverage">Share of the catalogue that is in at least one list.</param>
/// <param name="Novelty">Mean self-information of the listed items, bits: how little known they are from the training events.</param>
public sealed record CatalogueUse(int K, double Coverage, double Novelty)
{
    internal static CatalogueUse Of(IReadOnlyList<IReadOnlyList<int>> lists, StudyData data)
    {
        var items = data.Dataset.Catalogue.Count;
        var novelty = ItemNovelty.FromTrainingEvents(items, data.TrainingEvents);
        return new CatalogueUse(
            RowRanks.ListLength,
            CatalogueMetrics.CoverageAt(lists, items, RowRanks.ListLength),
            CatalogueMetrics.NoveltyAt(lists, novelty, RowRanks.ListLength));
    }
}
