using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Retrieval;

/// <summary>One retrieved Semantic ID.</summary>
/// <param name="Items">The items that carry it, ascending; more than one where they share it.</param>
/// <param name="LogProbability">Log-probability of the whole ID after the prompt, nats, normalised over the full vocabulary.</param>
public sealed record BeamHypothesis(IReadOnlyList<int> Items, double LogProbability);

/// <summary>
/// Beam search that can only spell IDs of the catalogue. The prompt runs once and its keys and values are shared by all beams;
/// the head runs at the beams' last tokens only. Ties go to the smaller token, so results are deterministic.
/// </summary>
public sealed class ConstrainedBeamSearch
{
    private const long LogitsAtOnce = 1 << 24; // bounds the largest temporary to 64 MB of float32

    private readonly CausalLM model;
    private readonly PrefixTrie trie;

    /// <summary>Prepares a search.</summary>
    /// <param name="model">The extended model.</param>
    /// <param name="trie">Token ids of the valid IDs, all of one length.</param>
    /// <param name="width">Beams kept after each token; at least the number of IDs wanted.</param>
    /// <exception cref="ArgumentException">The width is not positive, or the trie holds nothing.</exception>
    public ConstrainedBeamSearch(CausalLM model, PrefixTrie trie, int width)
    {
        if (width <= 0)
            throw new ArgumentException($"The beam width is {width}; it must be positive", nameof(width));
        if (trie.Depth == 0)
            throw new ArgumentException("The trie holds no ID", nameof(trie));
        (this.model, this.trie, Width) = (model, trie, width);
    }

    /// <summary>Beams kept after each token.</summary>
    public int Width { get; }

    /// <summary>Finds the most probable IDs after each prompt.</summary>
    /// <param name="prompts">Token ids; all prompts of one length.</param>
    /// <returns>For each prompt up to <see cref="Width"/> hypotheses, the most probable first.</returns>
    /// <exception cref="ArgumentException">The prompts are empty or differ in length.</exception>
    public IReadOnlyList<IReadOnlyList<BeamHypothesis>> Search(IReadOnlyList<IReadOnlyList<int>> prompts)
    {
        if (prompts.Count == 0)
            return [];
        var time = prompts[0].Count;
        if (time == 0 || prompts.Any(p => p.Count != time))
            throw new ArgumentException("Prompts searched together must have one length, at least 1; group them by length", nameof(prompts));

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var ids = tensor(prompts.SelectMany(p => p.Select(id => (long)id)).ToArray(), [prompts.Count, time], device: model.Device);
        var hidden = model.Prefill(ids, out var promptCache).narrow(1, time - 1, 1);
        var cache = new BranchCache(promptCache);
        var beams = prompts.Select(_ => new[] { new Beam(trie.Root, 0, 0, 0) }).ToArray();
        for (var level = 0; level < trie.Depth; level++)
        {
            beams = Expand(beams, hidden);
            if (level + 1 == trie.Depth)
                break;
            cache.Reorder(BeamTensor(beams, b => b.Parent));
            hidden = model.Branch(BeamTensor(beams, b => b.Token), cache);
        }

        return beams.Select(Hypotheses).ToArray();
    }

    private IReadOnlyList<BeamHypothesis> Hypotheses(Beam[] beams) => beams
        .Where(b => b.Node >= 0)
        .Select(b => new BeamHypothesis(trie.ItemsAt(b.Node).ToArray(), b.Score))
        .ToArray();

    /// <summary>Keeps the best continuations of each row. Rows with fewer are filled with dead beams, so that all have one width.</summary>
    private Beam[][] Expand(Beam[][] beams, Tensor hidden)
    {
        var candidates = beams.Select(Continuations).ToArray();
        Score(candidates, beams[0].Length, hidden);
        var width = Math.Min(Width, candidates.Max(c => c.Count));
        return candidates.Select(row => Best(row, width)).ToArray();
    }

    private List<Beam> Continuations(Beam[] row)
    {
        var found = new List<Beam>();
        for (var parent = 0; parent < row.Length; parent++)
        {
            if (row[parent].Node < 0)
                continue;
            var tokens = trie.ChildTokens(row[parent].Node);
            var nodes = trie.ChildNodes(row[parent].Node);
            for (var child = 0; child < tokens.Length; child++)
                found.Add(new Beam(nodes[child], parent, tokens[child], row[parent].Score));
        }

        return found;
    }

    /// <summary>Adds each candidate's log-probability to its score, a bounded number of rows at a time.</summary>
    private void Score(List<Beam>[] candidates, int parents, Tensor hidden)
    {
        var width = hidden.shape[2];
        var vocabulary = model.Embedding.Text.shape[0] + model.Embedding.New.shape[0];
        var rowsAtOnce = (int)Math.Max(1, LogitsAtOnce / (vocabulary * parents));
        for (var first = 0; first < candidates.Length; first += rowsAtOnce)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(rowsAtOnce, candidates.Length - first);
            var logits = model.Logits(hidden.narrow(0, first, rows).reshape(-1, width));
            var normaliser = logits.logsumexp(1).to(ScalarType.Float32).cpu().data<float>().ToArray();
            var flat = Enumerable.Range(0, rows).SelectMany(row => candidates[first + row]
                .Select(c => ((long)row * parents + c.Parent) * vocabulary + model.Embedding.ColumnOf(c.Token))).ToArray();
            var scores = logits.flatten().index_select(0, tensor(flat, device: model.Device))
                .to(ScalarType.Float32).cpu().data<float>().ToArray();

            var next = 0;
            for (var row = 0; row < rows; row++)
            {
                var list = candidates[first + row];
                for (var i = 0; i < list.Count; i++)
                    list[i] = list[i] with { Score = list[i].Score + scores[next++] - normaliser[row * parents + list[i].Parent] };
            }
        }
    }

    private static Beam[] Best(List<Beam> candidates, int width)
    {
        var order = Enumerable.Range(0, candidates.Count).ToArray();
        Array.Sort(order, (a, b) => candidates[b].Score.CompareTo(candidates[a].Score) is var byScore and not 0 ? byScore : a.CompareTo(b));
        var best = new Beam[width];
        for (var i = 0; i < width; i++)
            best[i] = i < order.Length ? candidates[order[i]] : best[0] with { Node = -1, Score = double.NegativeInfinity };
        return best;
    }

    private Tensor BeamTensor(Beam[][] beams, Func<Beam, long> value) =>
        tensor(beams.SelectMany(row => row.Select(value)).ToArray(), [beams.Length, beams[0].Length], device: model.Device);

    /// <summary>A path in the trie; node -1 marks a dead beam.</summary>
    private readonly record struct Beam(int Node, int Parent, int Token, double Score);
}
