using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace GtiNotebooks.Retrieval;

/// <summary>One step of the search: what may follow each beam, its scores, and the best of it.</summary>
internal sealed class BeamExpansion(PrefixTrie trie, ChildScores scores, int width)
{
    /// <summary>
    /// Keeps the best continuations of each row; a beam whose ID is complete competes as it is. Rows with fewer are filled with dead beams, so
    /// that all have one width.
    /// </summary>
    /// <param name="beams">Of each row; all rows have one width.</param>
    /// <param name="hidden">Final states at the beams' last positions, <c>[beams of all rows, width]</c>.</param>
    /// <param name="cancellation">Stops before the next block of logits.</param>
    public Beam[][] Next(Beam[][] beams, Tensor hidden, CancellationToken cancellation)
    {
        var candidates = new List<Beam>();
        var beamOf = new List<int>();
        var ends = new int[beams.Length];
        for (var row = 0; row < beams.Length; row++)
        {
            AddContinuations(beams[row], row * beams[row].Length, candidates, beamOf);
            ends[row] = candidates.Count;
        }

        scores.AddTo(candidates, beamOf, hidden, cancellation);
        var complete = Array.ConvertAll(beams, Complete);
        var most = Enumerable.Range(0, beams.Length).Max(row => ends[row] - Start(ends, row) + complete[row].Length);
        var best = new Beam[beams.Length][];
        for (var row = 0; row < beams.Length; row++)
        {
            var continued = CollectionsMarshal.AsSpan(candidates)[Start(ends, row)..ends[row]];
            best[row] = BeamRanking.Best(complete[row].Length == 0 ? continued : [.. continued, .. complete[row]], Math.Min(width, most));
        }

        return best;
    }

    private static int Start(int[] ends, int row) => row == 0 ? 0 : ends[row - 1];

    private void AddContinuations(Beam[] row, int firstBeam, List<Beam> candidates, List<int> beamOf)
    {
        for (var parent = 0; parent < row.Length; parent++)
        {
            if (row[parent].IsDead)
                continue;
            var tokens = trie.ChildTokens(row[parent].Node);
            var nodes = trie.ChildNodes(row[parent].Node);
            for (var child = 0; child < tokens.Length; child++)
            {
                candidates.Add(new Beam(nodes[child], parent, tokens[child], row[parent].Score));
                beamOf.Add(firstBeam + parent);
            }
        }
    }

    private Beam[] Complete(Beam[] row) => row
        .Select((beam, parent) => beam with { Parent = parent })
        .Where(beam => !beam.IsDead && trie.IsLeaf(beam.Node)).ToArray();
}
