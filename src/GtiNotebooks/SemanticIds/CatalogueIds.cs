using GtiNotebooks.Data;
using GtiNotebooks.Text;

namespace GtiNotebooks.SemanticIds;

/// <summary>A catalogue's Semantic IDs from its texts.</summary>
public static class CatalogueIds
{
    /// <summary>Text to vector, vector to ID.</summary>
    /// <param name="catalogue">The items; title and description are read.</param>
    /// <param name="encoder">Text to vectors, e.g. <see cref="TfIdfEncoder"/>.</param>
    /// <param name="options">Vectors to IDs.</param>
    /// <param name="progress">Told after each evaluation of an RQ-VAE.</param>
    /// <param name="cancellation">Stops the learning before its next step.</param>
    /// <exception cref="ArgumentException">As <see cref="SemanticIdBuilder.Build"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SemanticIdResult Build(
        Catalogue catalogue, ITextEncoder encoder, SemanticIdOptions options,
        IProgress<RqVaeEpoch>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(encoder);
        string[] texts = [.. catalogue.Select(TextOf)];
        using var vectors = encoder.Encode(texts);
        return SemanticIdBuilder.Build(vectors, options, texts, progress, cancellation);
    }

    /// <summary>What is known of an item in words: title and description.</summary>
    public static string TextOf(Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Description.Length == 0 ? item.Title : $"{item.Title}. {item.Description}";
    }
}
