using GtiNotebooks.Data;
using GtiNotebooks.Text;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>A catalogue's Semantic IDs and how they came about. Disposing it disposes the codebooks.</summary>
/// <param name="Map">The IDs; one level more than there are codebooks, which tells apart what the codebooks do not.</param>
/// <param name="Codebooks">One a described level, <c>[codebook size, width]</c> float32: what the codes of the level mean.</param>
/// <param name="BeforeRepair">The IDs without the extra level.</param>
/// <param name="AfterRepair">The IDs of <paramref name="Map"/>.</param>
/// <param name="Errors">Mean squared length of what is not yet described, after each level.</param>
public sealed record CatalogueIds(
    SemanticIdMap Map, IReadOnlyList<Tensor> Codebooks, SemanticIdReport BeforeRepair, SemanticIdReport AfterRepair, IReadOnlyList<double> Errors) : IDisposable
{
    /// <summary>Gives every item an ID of its own: text to vector, residual k-means, one more level for items that still share an ID.</summary>
    /// <param name="catalogue">The items; title and description are read.</param>
    /// <param name="encoder">Text to vectors, e.g. <see cref="TfIdfEncoder"/>.</param>
    /// <param name="options">Levels and codebook size; the extra level comes on top.</param>
    /// <exception cref="ArgumentException">As <see cref="ResidualKMeans.Fit"/>.</exception>
    public static CatalogueIds Build(Catalogue catalogue, ITextEncoder encoder, ResidualKMeansOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(encoder);
        using var vectors = encoder.Encode([.. catalogue.Select(TextOf)]);
        var fitted = ResidualKMeans.Fit(vectors, options);
        var map = SemanticIdMap.FromCodes(CollisionRepair.WithExtraLevel(fitted.Codes));
        var before = SemanticIdReport.Of(SemanticIdMap.FromCodes(fitted.Codes));
        return new CatalogueIds(map, fitted.Codebooks, before, SemanticIdReport.Of(map), fitted.Errors);
    }

    /// <summary>What is known of an item in words: title and description.</summary>
    public static string TextOf(Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Description.Length == 0 ? item.Title : $"{item.Title}. {item.Description}";
    }

    /// <summary>Disposes the codebooks.</summary>
    public void Dispose()
    {
        foreach (var codebook in Codebooks) codebook.Dispose();
    }
}
