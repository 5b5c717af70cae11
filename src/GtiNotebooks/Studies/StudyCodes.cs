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
    /// <summary>
    /// A vector for every code: the codebooks or, where codes or a level come without, the centroids of what TF-IDF makes of the items' texts. Those belong to
    /// the current dispose scope.
    /// </summary>
    public IReadOnlyList<Tensor> CodeVectors(Catalogue catalogue)
    {
        if (Codebooks.Count >= Ids.Levels)
            return Codebooks;
        using var vectors = new TextVectors(new TfIdfEncoder(new TfIdfOptions())).For(catalogue);
        return ResidualCentroids.Of(Ids, vectors);
    }

    /// <summary>Reads the data set's codes.</summary>
    /// <exception cref="InvalidDataException">It brings none (a study does not learn them, as all methods and seeds must share one set that a reader can look at), or a file is wrong.</exception>
    public static StudyCodes Of(Dataset dataset)
    {
        var stored = StoredSemanticIds.Of(dataset);
        return new StudyCodes(stored.Map, stored.Codebooks, Path.GetFileName(dataset.SemanticIdsFolder ?? dataset.IndexFile)!);
    }
}
