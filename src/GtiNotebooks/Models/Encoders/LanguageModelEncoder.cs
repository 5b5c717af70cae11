using System.Diagnostics;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>How <see cref="LanguageModelEncoder"/> reads texts.</summary>
/// <param name="Pooling">How the states of a text's tokens become one vector.</param>
/// <param name="MaximumTokens">Longer texts are cut to so many tokens, begin and end tokens included; never more than the model was made for.</param>
/// <param name="TokensAtOnce">
/// Tokens that run together, padding included; a longer text runs alone. Attention takes <c>heads * tokens * longest text</c> numbers a layer.
/// Changes the vectors by rounding only.
/// </param>
public sealed record LanguageModelEncoderOptions(TextPooling Pooling, int MaximumTokens = 2048, int TokensAtOnce = 2048);

/// <summary>
/// Final states of a language model, pooled to one vector a text and scaled to length 1. With an embedding model such as Qwen3-Embedding-0.6B
/// and <see cref="TextPooling.LastToken"/> these are the vectors it was trained to give; any other model's states serve as they are.
/// </summary>
public sealed class LanguageModelEncoder : ITextEncoder
{
    private readonly PretrainedModel pretrained;
    private readonly TextFrame frame;
    private readonly int tokensAtOnce;

    /// <param name="pretrained">The model and its tokenizer; the holder disposes it, after the encoder's last use. It runs where its weights lie.</param>
    /// <param name="options">How to read texts.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or the limit leaves no room for text.</exception>
    /// <exception cref="InvalidDataException">The tokenizer's template is of a kind that is not supported.</exception>
    public LanguageModelEncoder(PretrainedModel pretrained, LanguageModelEncoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TokensAtOnce, 1, nameof(options));
        this.pretrained = pretrained;
        frame = TextFrame.Of(pretrained, options.Pooling, options.MaximumTokens);
        tokensAtOnce = options.TokensAtOnce;
    }

    /// <inheritdoc/>
    public string Fingerprint() => $"language model states, version 1: {frame}, model {ModelFingerprint.Of(pretrained)}";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no texts.</exception>
    /// <exception cref="InvalidOperationException">A state is not finite; the text is named.</exception>
    public Tensor Encode(IReadOnlyList<string> texts, IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0)
            throw new ArgumentException("There are no texts", nameof(texts));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (different, rowOf) = Frame(texts, cancellation);
        var rows = zeros(different.Count, pretrained.Model.Config.HiddenSize);
        Fill(rows, different, progress, cancellation);
        var vectors = rows.index_select(0, tensor(rowOf));
        RequireFinite(vectors);
        return vectors.MoveToOuterDisposeScope();
    }

    /// <summary>The texts as the model reads them, and which of these each text is. Equal ones run once, so that rounding cannot tell them apart.</summary>
    private (List<FramedText> Different, long[] RowOf) Frame(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var (different, rowOf) = (new List<FramedText>(), new long[texts.Count]);
        var known = new Dictionary<int[], int>(new TokensComparer());
        for (var text = 0; text < texts.Count; text++)
        {
            cancellation.ThrowIfCancellationRequested();
            var framed = frame.Apply(pretrained.Tokenizer.Encode(texts[text]));
            if (known.TryAdd(framed.Ids, different.Count))
                different.Add(framed);
            rowOf[text] = known[framed.Ids];
        }

        return (different, rowOf);
    }

    private void Fill(Tensor rows, List<FramedText> texts, IProgress<EncodingProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        // An empty text has nothing to run: its row stays zero. Longest first: when memory is short, that shows at once.
        var order = Enumerable.Range(0, texts.Count).Where(i => texts[i].Count > 0)
            .OrderByDescending(i => texts[i].Ids.Length).ThenBy(i => i).ToArray();
        var (done, tokens, allTokens) = (texts.Count - order.Length, 0L, texts.Sum(text => (long)text.Ids.Length));
        for (var from = 0; from < order.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var size = Math.Clamp(tokensAtOnce / texts[order[from]].Ids.Length, 1, order.Length - from);
            var batch = order.AsSpan(from, size).ToArray();
            rows.index_copy_(0, tensor(Array.ConvertAll(batch, i => (long)i)), Vectors(Array.ConvertAll(batch, i => texts[i])));
            (from, done, tokens) = (from + size, done + size, tokens + batch.Sum(i => (long)texts[i].Ids.Length));
            progress?.Report(new EncodingProgress(done, texts.Count, watch.Elapsed, watch.Elapsed * ((double)(allTokens - tokens) / tokens)));
        }
    }

    /// <summary>One batch, padded to the right, where nothing real looks at it: <c>[batch, width]</c> float32 on the CPU.</summary>
    private Tensor Vectors(FramedText[] batch)
    {
        var model = pretrained.Model;
        var time = batch.Max(text => text.Ids.Length);
        var (ids, weights) = (new long[batch.Length * time], new double[batch.Length * time]);
        Array.Fill(ids, model.Config.EndOfTextId);
        for (var row = 0; row < batch.Length; row++)
        {
            for (var t = 0; t < batch[row].Ids.Length; t++)
                ids[row * time + t] = batch[row].Ids[t];
            Array.Fill(weights, 1.0 / batch[row].Count, row * time + batch[row].First, batch[row].Count);
        }

        var hidden = model.call(tensor(ids, [batch.Length, time], device: model.Device)).Widened(); // [batch, time, width]
        var mean = tensor(weights, [batch.Length, 1, time]).to(hidden.dtype).to(model.Device).bmm(hidden).squeeze(1);
        return UnitRows.Of(mean).to(ScalarType.Float32).cpu();
    }

    private static void RequireFinite(Tensor vectors)
    {
        var bad = Array.IndexOf(vectors.isfinite().all(1).data<bool>().ToArray(), false);
        if (bad >= 0)
            throw new InvalidOperationException($"The model's states of text {bad} (counted from 0) are not finite; training has probably diverged, or 16 bits are too few");
    }

    private sealed class TokensComparer : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] tokens)
        {
            var hash = default(HashCode);
            foreach (var token in tokens)
                hash.Add(token);
            return hash.ToHashCode();
        }
    }
}
