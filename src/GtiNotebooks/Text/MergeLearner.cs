using System.Runtime.InteropServices;

namespace GtiNotebooks.Text;

/// <summary>
/// Learns merges from counted words. Pair counts are kept up to date merge by merge, and only words that may hold the merged pair
/// are visited; the queue holds outdated counts, which are put right when they come up.
/// </summary>
internal sealed class MergeLearner
{
    private readonly List<(int[] Ids, int Count)> _words;
    private readonly int[] _lengths;
    private readonly Dictionary<(int Left, int Right), long> _counts = [];
    private readonly Dictionary<(int Left, int Right), List<int>> _places = [];
    private readonly PriorityQueue<(int Left, int Right), (long NegativeCount, int Left, int Right)> _queue = new();

    public MergeLearner(List<(int[] Ids, int Count)> words)
    {
        _words = words;
        _lengths = [.. words.Select(w => w.Ids.Length)];
        for (var word = 0; word < words.Count; word++)
            for (var i = 0; i + 1 < words[word].Ids.Length; i++)
                Change((words[word].Ids[i], words[word].Ids[i + 1]), words[word].Count, word);
        foreach (var pair in _counts.Keys) Enqueue(pair);
    }

    /// <summary>Up to <paramref name="most"/> merges, best first; the n-th gets the id 256 + n.</summary>
    public IEnumerable<(int Left, int Right)> Learn(int most, int leastCount)
    {
        for (var merge = 0; merge < most; merge++)
        {
            if (!TryTakeBest(leastCount, out var best)) yield break;
            Apply(best, 256 + merge);
            yield return best;
        }
    }

    private bool TryTakeBest(int leastCount, out (int Left, int Right) best)
    {
        while (_queue.TryDequeue(out best, out var priority))
        {
            var count = _counts.GetValueOrDefault(best);
            if (count < leastCount) continue;
            if (count == -priority.NegativeCount) return true;
            Enqueue(best);
        }
        return false;
    }

    private void Apply((int Left, int Right) pair, int newId)
    {
        var changed = new HashSet<(int, int)>();
        _places.Remove(pair, out var places);
        foreach (var word in places!)
        {
            var ids = _words[word].Ids;
            var (length, count, kept) = (_lengths[word], _words[word].Count, 0);
            for (var i = 0; i < length; i++)
            {
                if (i + 1 == length || ids[i] != pair.Left || ids[i + 1] != pair.Right) { ids[kept++] = ids[i]; continue; }
                // The left neighbour is what has been written so far: it may be a token merged in this very pass.
                if (kept > 0)
                {
                    Change((ids[kept - 1], pair.Left), -count, word);
                    Change((ids[kept - 1], newId), count, word);
                    changed.Add((ids[kept - 1], newId));
                }
                if (i + 2 < length)
                {
                    Change((pair.Right, ids[i + 2]), -count, word);
                    Change((newId, ids[i + 2]), count, word);
                    changed.Add((newId, ids[i + 2]));
                }
                ids[kept++] = newId;
                i++;
            }
            _lengths[word] = kept;
        }
        _counts.Remove(pair);
        foreach (var fresh in changed) if (_counts.GetValueOrDefault(fresh) > 0) Enqueue(fresh);
    }

    private void Change((int Left, int Right) pair, int by, int word)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, pair, out _) += by;
        if (by <= 0) return;
        ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, pair, out var known);
        if (!known) places = [];
        // Words come up in runs, so looking at the last place keeps most repeats out; a repeat left over finds nothing to merge.
        if (places!.Count == 0 || places[^1] != word) places.Add(word);
    }

    private void Enqueue((int Left, int Right) pair) => _queue.Enqueue(pair, (-_counts[pair], pair.Left, pair.Right));
}
