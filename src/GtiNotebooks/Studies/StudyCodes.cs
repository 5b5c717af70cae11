using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using static TorchSharp.torch;

namespace GtiNotebooks.Studies;

/// <summary>The Semantic IDs of a study, the same for all of its runs.</summary>
/// <param name="Ids">Items and codes.</param>
/// <param name="Codebooks">Code vectors of each level; empty where codes come without vectors.</param>
/// <param name="From">Where they come from, in words.</param>
internal sealed record StudyCodes(SemanticIdMap Ids, IReadOnlyList<Tensor> Codebooks, string From)
{
    /// <summary>Reads the data set's codes, or learns them where it brings none.</summary>
    public static StudyCodes Of(Dataset dataset, StudyOptions options)
    {
        if (dataset.SemanticIdsFolder is { } folder)
        {
            var stored = SemanticIdFolder.Load(folder, dataset.Catalogue);
            return new StudyCodes(stored.Map, stored.Codebooks, Path.GetFileName(folder));
        }

        if (dataset.IndexFile is { } file)
            return new StudyCodes(SemanticIdMap.LoadIndexJson(file, dataset.Catalogue), [], Path.GetFileName(file));
        var learned = CatalogueIds.Build(dataset.Catalogue, new TfIdfEncoder(new TfIdfOptions()), new SemanticIdOptions
        {
            Codebooks = new ResidualKMeansOptions(options.CodeLevels, options.CodebookSize, options.CodeIterations, options.CodeSeed),
            Sinkhorn = null,
            Fallback = CollisionFallback.ExtraLevel,
            Identical = IdenticalItems.Separate,
        });
        return new StudyCodes(learned.Map, learned.Codebooks, "residual k-means on the texts");
    }
}
