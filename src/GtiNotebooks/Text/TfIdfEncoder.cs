using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Text;

/// <summary>What <see cref="TfIdfEncoder"/> keeps.</summary>
/// <param name="Width">Length of a vector; at least 1.</param>
/// <param name="MaximumVocabulary">At most so many words, those in the most texts; at least 1.</param>
/// <param name="MinimumDocuments">Only words that stand in so many texts; at least 1.</param>
/// <param name="Seed">Of the random start of the decomposition.</param>
public sealed record TfIdfOptions(int Width = 64, int MaximumVocabulary = 8000, int MinimumDocuments = 2, int Seed = 0);

/// <summary>
/// Latent semantic analysis (Deerwester et al. 1990): tf-idf weights, then the coordinates along the first singular directions of
/// the texts given, then rows of length 1. It needs no model and no training data beyond the texts themselves.
/// </summary>
public sealed class TfIdfEncoder : ITextEncoder
{
    private readonly TfIdfOptions _options;

    /// <param name="options">What to keep.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is below 1.</exception>
    public TfIdfEncoder(TfIdfOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Width, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumVocabulary, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumDocuments, 1, nameof(options));
        _options = options;
    }

    /// <summary>Encodes texts; words, weights and directions are those of these texts.</summary>
    /// <param name="texts">At least one.</param>
    /// <returns><c>[texts, width]</c> float32; rows of length 1, or 0 for a text without a known word. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">There are no texts.</exception>
    public Tensor Encode(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0) throw new ArgumentException("There are no texts.", nameof(texts));
        var (weights, words) = TfIdfWeights.Of(texts, _options.MaximumVocabulary, _options.MinimumDocuments);
        if (words == 0) return zeros(texts.Count, _options.Width);

        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var matrix = tensor(weights, [texts.Count, words]);
        return NormaliseRows(TruncatedSvd.Coordinates(matrix, _options.Width, _options.Seed)).MoveToOuterDisposeScope();
    }

    // A row of zeros stays one.
    private static Tensor NormaliseRows(Tensor rows) =>
        rows / rows.pow(2).sum(1, keepdim: true).sqrt().clamp_min(1e-12f);
}
