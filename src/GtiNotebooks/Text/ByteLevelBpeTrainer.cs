using System.Runtime.InteropServices;
using System.Text;

namespace GtiNotebooks.Text;

/// <summary>
/// Trains a byte-level BPE tokenizer (Sennrich et al. 2016): from 256 bytes, the most frequent adjacent pair becomes a token,
/// again and again. Of equally frequent pairs the one with the lower ids wins, so equal texts give equal tokenizers.
/// </summary>
public static class ByteLevelBpeTrainer
{
    private const int LeastCount = 2;

    /// <summary>
    /// Trains on texts, normalised to NFC and cut by Qwen's pattern. Special tokens take the last ids. When no pair occurs twice any more,
    /// the vocabulary stays smaller than asked for.
    /// </summary>
    /// <param name="texts">The training texts; read once.</param>
    /// <param name="vocabularySize">Bytes, merges and special tokens together; at least 256 + special tokens.</param>
    /// <param name="specialTokens">Control tokens such as <c>&lt;|endoftext|&gt;</c>; different and not empty.</param>
    /// <exception cref="ArgumentException">The vocabulary is too small, or a special token is empty or named twice.</exception>
    public static Tokenizer Train(IEnumerable<string> texts, int vocabularySize, IReadOnlyList<string> specialTokens)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(specialTokens);
        var merges = vocabularySize - 256 - specialTokens.Count;
        if (merges < 0)
            throw new ArgumentOutOfRangeException(nameof(vocabularySize), vocabularySize, $"At least {256 + specialTokens.Count} is needed for the bytes and special tokens.");
        if (specialTokens.Any(string.IsNullOrEmpty) || specialTokens.Distinct(StringComparer.Ordinal).Count() != specialTokens.Count)
            throw new ArgumentException("Special tokens must be different and not empty.", nameof(specialTokens));

        var alphabet = Enumerable.Range(0, 256).OrderBy(b => ByteAlphabet.CharacterOf((byte)b)).ToArray();
        var tokens = alphabet.Select(b => ByteAlphabet.CharacterOf((byte)b).ToString()).ToList();
        var pairs = new List<(string, string)>();
        foreach (var (left, right) in new MergeLearner(CountPieces(texts, alphabet)).Learn(merges, LeastCount))
        {
            pairs.Add((tokens[left], tokens[right]));
            tokens.Add(tokens[left] + tokens[right]);
        }
        var ids = tokens.Select((token, id) => (token, id)).ToDictionary(t => t.token, t => t.id, StringComparer.Ordinal);
        var added = specialTokens.Select((token, i) => new AddedToken(tokens.Count + i, token, Special: true, Normalized: false)).ToArray();
        return new Tokenizer(new BpeModel(ids, pairs, wholePiecesFirst: false), QwenSplit(), composes: true, added, TokenizerParts.Trained);
    }

    private static PreTokenizer QwenSplit() => new([PreTokenizer.QwenPattern], addPrefixSpace: false);

    /// <summary>The different pieces as byte ids, with their counts, in order of first occurrence.</summary>
    private static List<(int[] Ids, int Count)> CountPieces(IEnumerable<string> texts, int[] alphabet)
    {
        var idOf = new int[256];
        for (var id = 0; id < 256; id++) idOf[alphabet[id]] = id;
        var split = QwenSplit();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var bySpan = places.GetAlternateLookup<ReadOnlySpan<char>>();
        var counts = new List<int>();
        foreach (var raw in texts)
        {
            var text = raw.Normalize(NormalizationForm.FormC);
            foreach (var piece in split.Split(text))
            {
                ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(bySpan, text.AsSpan(piece.Start, piece.Length), out var known);
                if (!known) { place = counts.Count; counts.Add(0); }
                counts[place]++;
            }
        }
        return [.. places.OrderBy(p => p.Value).Select(p => (Encoding.UTF8.GetBytes(p.Key).Select(b => idOf[b]).ToArray(), counts[p.Value]))];
    }
}
