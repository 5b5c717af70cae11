using GtiNotebooks.Models;
using TorchSharp;

namespace GtiNotebooks.Training;

/// <summary>What a frozen model made of prefixes, as far as memory allows; see <see cref="PrefixReuse"/>.</summary>
internal sealed class PrefixCache(CausalLM model, PrefixReuse options) : IDisposable
{
    private readonly Dictionary<Key, PrefixState> kept = [];

    /// <summary>Prefixes kept.</summary>
    public int Count => kept.Count;

    /// <summary>Memory in use, bytes: the tensors and the tokens they are found by.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many prefixes were run so far.</summary>
    public long Runs { get; private set; }

    /// <summary>The prefixes of a batch's prompts; those that are not kept belong to the current dispose scope.</summary>
    public PrefixState[] Of(IReadOnlyList<PromptParts> prompts)
    {
        var passing = options.RunsTogether ? Together(prompts) : [];
        return [.. prompts.Select(parts => Of(new Key(parts), parts, passing))];
    }

    /// <summary>All prefixes of a batch, those of one length in one run.</summary>
    private Dictionary<Key, PrefixState> Together(IReadOnlyList<PromptParts> prompts)
    {
        var states = new Dictionary<Key, PrefixState>();
        foreach (var equallyLong in prompts.DistinctBy(parts => new Key(parts)).GroupBy(parts => parts.PrefixLength))
        {
            var rows = equallyLong.ToArray();
            Runs += rows.Length;
            var found = PrefixState.Of(model, Array.ConvertAll(rows, parts => (parts.PrefixIds, parts.FirstPrefixPredictor)));
            for (var i = 0; i < rows.Length; i++)
                states.Add(new Key(rows[i]), found[i]);
        }

        return states;
    }

    public void Dispose()
    {
        foreach (var state in kept.Values)
            state.Dispose();
        kept.Clear();
    }

    private PrefixState Of(Key key, PromptParts parts, Dictionary<Key, PrefixState> passing)
    {
        if (kept.TryGetValue(key, out var state) || passing.TryGetValue(key, out state))
            return state;
        Runs++;
        state = PrefixState.Of(model, parts.PrefixIds, parts.FirstPrefixPredictor);
        var bytes = state.Bytes + (long)sizeof(int) * parts.Prompt.Ids.Length;
        if (bytes > options.MemoryBytes - Bytes)
        {
            passing.Add(key, state);
            return state;
        }

        Bytes += bytes;
        state.KeysAndValues.DetachFromDisposeScope();
        state.Final.DetachFromDisposeScope();
        kept.Add(key, state);
        return state;
    }

    /// <summary>Equal where the prefixes' tokens are, and the positions that predict.</summary>
    private readonly struct Key(PromptParts parts) : IEquatable<Key>
    {
        private readonly PromptParts parts = parts;

        public bool Equals(Key other) =>
            parts.FirstPrefixPredictor == other.parts.FirstPrefixPredictor && parts.Prefix.SequenceEqual(other.parts.Prefix);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(parts.FirstPrefixPredictor);
            foreach (var id in parts.Prefix)
                hash.Add(id);
            return hash.ToHashCode();
        }
    }
}
