using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>What initialisers may know of the new tokens besides the pretrained rows.</summary>
/// <param name="Tokenizer">The tokenizer the model was pretrained with, without the new tokens.</param>
/// <param name="Catalogue">The items; their texts say what a code means.</param>
/// <param name="Ids">Items and codes.</param>
/// <param name="Codebooks">The codebook of level 0, 1, ... as <c>[codes, any width]</c>; empty where codes come without vectors. They belong to the caller, who keeps them until the rows are made.</param>
/// <exception cref="ArgumentException">The map has another number of items than the catalogue.</exception>
public sealed record InitialiserInputs(Tokenizer Tokenizer, Catalogue Catalogue, SemanticIdMap Ids, IReadOnlyList<Tensor> Codebooks)
{
    /// <summary>Items and codes.</summary>
    public SemanticIdMap Ids { get; } = Ids.ItemCount == Catalogue.Count
        ? Ids
        : throw new ArgumentException($"The catalogue has {Catalogue.Count} items, the map has {Ids.ItemCount}", nameof(Ids));
}
