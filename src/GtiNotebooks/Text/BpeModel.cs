using System.Collections.Concurrent;
using System.Text;

namespace GtiNotebooks.Text;

/// <summary>
/// Byte-pair encoding over bytes (Sennrich et al. 2016; byte-level as in GPT-2): a piece of text starts as its UTF-8 bytes, and
/// the adjacent pair that was learnt first is merged, leftmost first, until no learnt pair is left.
/// </summary>
internal sealed class BpeModel
{
    private const int LongestCachedPiece = 48;
    private const int MostCachedPieces = 100_000;

    private readonly string?[] _tokens;
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<long, Merge> _merges;
    private readonly int[] _byteIds = new int[256];
    private readonly byte[]?[] _bytes;
    private readonly ConcurrentDictionary<string, int[]> _cache = new();
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _cacheBySpan;
    private int _cached;

    private readonly record struct Merge(int Rank, int Id);

    /// <param name="ids">Token to id; ids are not negative and differ.</param>
    /// <param name="merges">Pairs in the order learnt; both halves and their concatenation are in <paramref name="ids"/>.</param>
    /// <param name="wholePiecesFirst">A piece that is itself in the vocabulary is not put together from merges.</param>
    /// <exception cref="KeyNotFoundException">A byte, a half or a merged token is not in the vocabulary; the message names it.</exception>
    public BpeModel(Dictionary<string, int> ids, IReadOnlyList<(string Left, string Right)> merges, bool wholePiecesFirst)
    {
        _ids = ids;
        Merges = merges;
        WholePiecesFirst = wholePiecesFirst;
        _cacheBySpan = _cache.GetAlternateLookup<ReadOnlySpan<char>>();
        var size = ids.Count == 0 ? 0 : ids.Values.Max() + 1;
        _tokens = new string?[size];
        _bytes = new byte[]?[size];
        foreach (var (token, id) in ids) { _tokens[id] = token; _bytes[id] = ByteAlphabet.BytesOf(token); }
        for (var value = 0; value < 256; value++) _byteIds[value] = Require($"{ByteAlphabet.CharacterOf((byte)value)}", $"vocab (byte 0x{value:X2})");
        _merges = new Dictionary<long, Merge>(merges.Count);
        for (var rank = 0; rank < merges.Count; rank++)
        {
            var (left, right) = merges[rank];
            var pair = Pair(Require(left, $"merges[{rank}]"), Require(right, $"merges[{rank}]"));
            // The first mention of a pair counts, as its rank is the lower one.
            _merges.TryAdd(pair, new Merge(rank, Require(left + right, $"merges[{rank}]")));
        }
    }

    public IReadOnlyList<(string Left, string Right)> Merges { get; }

    public bool WholePiecesFirst { get; }

    /// <summary>Highest id + 1.</summary>
    public int Size => _tokens.Length;

    public bool TryGetId(string token, out int id) => _ids.TryGetValue(token, out id);

    /// <summary>The vocabulary entry of an id; null for an id in a gap or outside.</summary>
    public string? TokenOf(int id) => (uint)id < (uint)_tokens.Length ? _tokens[id] : null;

    /// <summary>The bytes an id decodes to; null for an id in a gap or outside.</summary>
    public byte[]? BytesOf(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : null;

    /// <summary>Appends the ids of one pre-tokenised piece.</summary>
    public void Encode(ReadOnlySpan<char> piece, List<int> output)
    {
        if (_cacheBySpan.TryGetValue(piece, out var known)) { output.AddRange(known); return; }
        var ids = Encode(piece);
        output.AddRange(ids);
        if (piece.Length > LongestCachedPiece || Volatile.Read(ref _cached) >= MostCachedPieces) return;
        if (_cache.TryAdd(piece.ToString(), ids)) Interlocked.Increment(ref _cached);
    }

    private int[] Encode(ReadOnlySpan<char> piece)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(piece)];
        Encoding.UTF8.GetBytes(piece, bytes);
        if (WholePiecesFirst && _ids.TryGetValue(ByteAlphabet.Spell(bytes), out var whole)) return [whole];
        var ids = new int[bytes.Length];
        for (var i = 0; i < bytes.Length; i++) ids[i] = _byteIds[bytes[i]];
        return ids.Length < 2 ? ids : MergeAll(ids);
    }

    /// <summary>All merges over a linked list with a queue by (rank, position): n log n, so that one endless word cannot stall.</summary>
    private int[] MergeAll(int[] ids)
    {
        var (next, previous) = (new int[ids.Length], new int[ids.Length]);
        var queue = new PriorityQueue<(int Left, long Pair), long>(ids.Length);
        for (var i = 0; i < ids.Length; i++) { next[i] = i + 1; previous[i] = i - 1; }
        for (var i = 0; i + 1 < ids.Length; i++) Offer(i);

        while (queue.TryDequeue(out var candidate, out _))
        {
            var left = candidate.Left;
            if (ids[left] < 0 || next[left] >= ids.Length) continue;
            var right = next[left];
            if (Pair(ids[left], ids[right]) != candidate.Pair) continue; // one half was merged meanwhile
            ids[left] = _merges[candidate.Pair].Id;
            ids[right] = -1;
            next[left] = next[right];
            if (next[left] < ids.Length) { previous[next[left]] = left; Offer(left); }
            if (previous[left] >= 0) Offer(previous[left]);
        }
        return Array.FindAll(ids, id => id >= 0);

        void Offer(int left)
        {
            var pair = Pair(ids[left], ids[next[left]]);
            if (_merges.TryGetValue(pair, out var merge)) queue.Enqueue((left, pair), ((long)merge.Rank << 32) | (uint)left);
        }
    }

    private int Require(string token, string where) => _ids.TryGetValue(token, out var id)
        ? id
        : throw new KeyNotFoundException($"model.{where}: '{token}' is not in model.vocab");

    private static long Pair(int left, int right) => ((long)left << 32) | (uint)right;
}
