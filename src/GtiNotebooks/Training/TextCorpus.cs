using GtiNotebooks.Text;

namespace GtiNotebooks.Training;

/// <summary>Plain text for next-token training: texts joined by the end-of-text token and cut into windows of one length.</summary>
public sealed class TextCorpus : IExampleSource
{
    private readonly int[] stream;
    private readonly int window;
    private readonly EpochSampler sampler;

    /// <summary>Encodes the texts.</summary>
    /// <param name="texts">The texts; shuffled once by the seed, so that neighbours in a window are unrelated.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="endOfTextId">Stands between texts.</param>
    /// <param name="window">Tokens an example.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <exception cref="ArgumentException">The texts do not fill one window.</exception>
    public TextCorpus(IEnumerable<string> texts, Tokenizer tokenizer, int endOfTextId, int window, int seed)
    {
        var shuffled = texts.ToArray();
        new Random(seed).Shuffle(shuffled);
        stream = shuffled.SelectMany(text => tokenizer.Encode(text).Append(endOfTextId)).ToArray();
        if (stream.Length < window)
            throw new ArgumentException($"The texts hold {stream.Length} tokens; one window needs {window}", nameof(texts));
        this.window = window;
        sampler = new EpochSampler(stream.Length / window, seed);
    }

    /// <summary>Tokens in the corpus, separators counted.</summary>
    public int Tokens => stream.Length;

    /// <summary>Windows in one pass.</summary>
    public int Windows => stream.Length / window;

    /// <inheritdoc/>
    public IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize) => sampler.Batch(step, batchSize)
        .Select(i => new EncodedPrompt(stream.AsSpan(i * window, window).ToArray(), AnswerStart: 1))
        .ToArray();
}
