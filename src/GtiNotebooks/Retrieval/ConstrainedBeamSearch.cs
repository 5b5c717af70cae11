using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Retrieval;

/// <summary>
/// Beam search that can only spell IDs of the catalogue. The prompt runs once and its keys and values are shared by all beams;
/// the head runs at the beams' last tokens only. With a width of at least the number of IDs it scores every ID there is.
/// </summary>
/// <remarks>
/// IDs whose scores are within 1e-5 nats of each other are ties: they come in the order of their length, then of their token ids, with one score. So
/// results do not depend on the prompts searched beside them, but for scores that lie a rounding error around that distance apart.
/// Nothing is changed by a search: several threads may search at once, as long as none trains the model.
/// </remarks>
public sealed class ConstrainedBeamSearch
{
    private const int PromptsAtOnce = 32;

    private readonly CausalLM model;
    private readonly PrefixTrie trie;
    private readonly BeamExpansion expansion;

    /// <summary>Prepares a search.</summary>
    /// <param name="model">The extended model. Not disposed by this.</param>
    /// <param name="trie">Token ids of the valid IDs. Lengths may differ, but no ID may be the beginning of another: the probability of the
    /// shorter would include the longer.</param>
    /// <param name="width">Beams kept after each token; at least the number of IDs that will be asked for.</param>
    /// <param name="normalisation">What a token's probability is a share of.</param>
    /// <exception cref="ArgumentException">The width is not positive, or an ID is the beginning of another.</exception>
    public ConstrainedBeamSearch(
        CausalLM model, PrefixTrie trie, int width, ScoreNormalisation normalisation = ScoreNormalisation.FullVocabulary)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(trie);
        if (width <= 0)
            throw new ArgumentException($"The beam width is {width}; it must be positive", nameof(width));
        if (!Enum.IsDefined(normalisation))
            throw new ArgumentOutOfRangeException(nameof(normalisation), normalisation, "no such normalisation");
        RequirePrefixFree(trie);
        (this.model, this.trie, Width, Normalisation) = (model, trie, width, normalisation);
        expansion = new BeamExpansion(trie, new ChildScores(model, normalisation), width);
    }

    /// <summary>Beams kept after each token.</summary>
    public int Width { get; }

    /// <summary>What a token's probability is a share of.</summary>
    public ScoreNormalisation Normalisation { get; }

    /// <summary>Finds the most probable IDs after each prompt. Prompts of one length run together, 32 at a time, hence without padding.</summary>
    /// <param name="prompts">Token ids of each prompt, at least one.</param>
    /// <param name="count">How many IDs are wanted; from 1 to <see cref="Width"/>.</param>
    /// <param name="progress">Told the number of prompts done.</param>
    /// <param name="cancellation">Stops before the next token of the batch that is searched.</param>
    /// <returns>For each prompt its hypotheses, the most probable first: <paramref name="count"/>, or every ID where the trie holds fewer.</returns>
    /// <exception cref="ArgumentException">More IDs are wanted than the search is wide, none are wanted, or a prompt is empty.</exception>
    public IReadOnlyList<IReadOnlyList<BeamHypothesis>> Search(
        IReadOnlyList<IReadOnlyList<int>> prompts, int count, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        RequireCount(count);
        for (var row = 0; row < prompts.Count; row++)
        {
            if (prompts[row].Count == 0)
                throw new ArgumentException($"Prompt {row} is empty; there is nothing to continue", nameof(prompts));
        }

        var found = new IReadOnlyList<BeamHypothesis>[prompts.Count];
        var done = 0;
        foreach (var batch in Enumerable.Range(0, prompts.Count).GroupBy(row => prompts[row].Count).SelectMany(group => group.Chunk(PromptsAtOnce)))
        {
            var best = SearchEqualLength(Array.ConvertAll(batch, row => prompts[row]), cancellation);
            for (var i = 0; i < batch.Length; i++)
                found[batch[i]] = Hypotheses(best[i], count);
            progress?.Report(done += batch.Length);
        }

        return found;
    }

    private Beam[][] SearchEqualLength(IReadOnlyList<int>[] prompts, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var time = prompts[0].Count;
        cancellation.ThrowIfCancellationRequested();
        var ids = tensor(prompts.SelectMany(p => p.Select(id => (long)id)).ToArray(), [prompts.Length, time], device: model.Device);
        var hidden = model.Prefill(ids, OutputTokens.LastOf(prompts.Length, time, model.Device), out var promptCache).unsqueeze(1);
        var cache = new BranchCache(promptCache);
        var beams = Array.ConvertAll(prompts, _ => new[] { new Beam(trie.Root, 0, 0, 0) });
        for (var level = 0; level < trie.Depth; level++)
        {
            cancellation.ThrowIfCancellationRequested();
            beams = expansion.Next(beams, hidden.reshape(-1, hidden.shape[2]), cancellation);
            if (level + 1 == trie.Depth)
                break;
            cancellation.ThrowIfCancellationRequested();
            cache.Reorder(BeamTensor(beams, b => b.Parent));
            hidden = model.Branch(BeamTensor(beams, b => b.Token), cache);
        }

        return beams;
    }

    private BeamHypothesis[] Hypotheses(Beam[] beams, int count)
    {
        var scored = BeamRanking.TiedScores(beams);
        var alive = beams.TakeWhile(beam => !beam.IsDead).Count();
        return Enumerable.Range(0, Math.Min(alive, count))
            .Select(i => new BeamHypothesis(trie.ItemsAt(beams[i].Node).ToArray(), scored[i])).ToArray();
    }

    private Tensor BeamTensor(Beam[][] beams, Func<Beam, long> value) =>
        tensor(beams.SelectMany(row => row.Select(value)).ToArray(), [beams.Length, beams[0].Length], device: model.Device);

    private void RequireCount(int count)
    {
        if (count < 1)
            throw new ArgumentException($"{count} IDs are wanted; it must be at least 1", nameof(count));
        if (count > Width)
            throw new ArgumentException($"{count} IDs are wanted but the beam is only {Width} wide; a beam cannot find more IDs than its width", nameof(count));
    }

    private static void RequirePrefixFree(PrefixTrie trie)
    {
        if (trie.FirstInnerId() is { } node)
        {
            throw new ArgumentException(
                $"The ID of item {trie.ItemsAt(node)[0]} is the beginning of another ID, so their probabilities overlap; end every ID with a token of its own",
                nameof(trie));
        }
    }
}
