using GtiNotebooks.Data;
using GtiNotebooks.Text;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>Vectors of the items' titles and descriptions (<see cref="CatalogueIds.TextOf"/>), as an encoder gives them.</summary>
/// <param name="encoder">Text to vectors.</param>
public sealed class TextVectors(ITextEncoder encoder) : IItemVectors
{
    /// <inheritdoc/>
    public Tensor For(Catalogue catalogue, IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        return encoder.Encode([.. catalogue.Select(CatalogueIds.TextOf)], progress, cancellation);
    }
}
