using System.Diagnostics;
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

    /// <inheritdoc/>
    public string Fingerprint() => FormattableString.Invariant(
        $"tf-idf and truncated SVD, version 1: width {_options.Width}, at most {_options.MaximumVocabulary} words in {_options.MinimumDocuments} texts or more, seed {_options.Seed}");

    /// <summary>Encodes texts; words, weights and directions are those of these texts.</summary>
    /// <param name="texts">At least one.</param>
    /// <param name="progress">Told once, at the end: the texts are encoded together.</param>
    /// <param name="cancellation">Stops before the next text is split, or the next step of the decomposition.</param>
    /// <returns><c>[texts, width]</c> float32; rows of length 1, or 0 for a text without a known word. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">There are no texts.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Tensor Encode(IReadOnlyList<string> texts, IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0) throw new ArgumentException("There are no texts.", nameof(texts));
        var watch = Stopwatch.StartNew();
        cancellation.ThrowIfCancellationRequested();
        var vectors = Vectors(texts, cancellation);
        var different = texts.Distinct(StringComparer.Ordinal).Count();
        progress?.Report(new EncodingProgress(different, different, watch.Elapsed, TimeSpan.Zero));
        return vectors;
    }

    private Tensor Vectors(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var (weights, words) = TfIdfWeights.Of(texts, _options.MaximumVocabulary, _options.MinimumDocuments, cancellation);
        if (words == 0) return zeros(texts.Count, _options.Width);
        cancellation.ThrowIfCancellationRequested();

        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var matrix = tensor(weights, [texts.Count, words]);
        var rows = UnitRows.Of(TruncatedSvd.Coordinates(matrix, _options.Width, _options.Seed, cancellation));
        // Products may round equal rows differently: every text takes the row of the first that equals it.
        return rows.index_select(0, tensor(FirstOfEach(texts))).MoveToOuterDisposeScope();
    }

    private static long[] FirstOfEach(IReadOnlyList<string> texts)
    {
        var first = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var text = 0; text < texts.Count; text++) first.TryAdd(texts[text], text);
        return [.. texts.Select(text => first[text])];
    }
}
