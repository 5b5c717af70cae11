using System.Runtime.InteropServices;
using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Retrieval;

/// <summary>Runs the head at the beams' last positions and adds the log-probabilities of the tokens that may follow.</summary>
internal sealed class ChildScores(CausalLM model, ScoreNormalisation normalisation)
{
    // Logits computed at once. On a CPU they should stay in its cache (2 MB of float32); elsewhere few large products are faster than
    // many small ones, and the bound only keeps the largest temporary at 64 MB of float32.
    private const long LogitsAtOnceOnCpu = 1 << 19;
    private const long LogitsAtOnceElsewhere = 1 << 24;

    /// <summary>Adds each candidate's log-probability to its score.</summary>
    /// <param name="candidates">Ordered by beam; a candidate's score is that of the path before it.</param>
    /// <param name="beamOf">For each candidate its beam, counted through all rows.</param>
    /// <param name="hidden">Final states at the beams' last positions, <c>[beams of all rows, width]</c>.</param>
    /// <param name="cancellation">Stops before the next block of logits.</param>
    /// <exception cref="InvalidOperationException">The logits are not finite.</exception>
    public void AddTo(List<Beam> candidates, List<int> beamOf, Tensor hidden, CancellationToken cancellation)
    {
        var vocabulary = model.Embedding.Text.shape[0] + model.Embedding.New.shape[0];
        var atOnce = model.Device.type == DeviceType.CPU ? LogitsAtOnceOnCpu : LogitsAtOnceElsewhere;
        var beams = (int)hidden.shape[0];
        var beamsAtOnce = (int)Math.Max(1, atOnce / vocabulary);
        var all = CollectionsMarshal.AsSpan(candidates);
        var of = CollectionsMarshal.AsSpan(beamOf);
        for (int first = 0, from = 0; first < beams; first += beamsAtOnce)
        {
            var count = Math.Min(beamsAtOnce, beams - first);
            var to = from;
            while (to < of.Length && of[to] < first + count)
                to++;
            cancellation.ThrowIfCancellationRequested();
            if (to > from)
                AddBlock(all[from..to], of[from..to], first, hidden.narrow(0, first, count));
            from = to;
        }
    }

    private void AddBlock(Span<Beam> candidates, ReadOnlySpan<int> beamOf, int firstBeam, Tensor hidden)
    {
        using var scope = NewDisposeScope();
        var logits = model.Logits(hidden);
        var ofChildren = Gather(logits, candidates, beamOf, firstBeam);
        var ofVocabulary = normalisation == ScoreNormalisation.FullVocabulary ? Values(logits.logsumexp(1)) : [];
        for (int from = 0, to; from < candidates.Length; from = to)
        {
            to = from + 1;
            while (to < candidates.Length && beamOf[to] == beamOf[from])
                to++;
            var normaliser = normalisation == ScoreNormalisation.FullVocabulary
                ? ofVocabulary[beamOf[from] - firstBeam]
                : LogSumExp(ofChildren.AsSpan(from..to));
            if (!double.IsFinite(normaliser))
                throw new InvalidOperationException($"The model's logits sum to {normaliser}: its weights are not finite numbers; did the training diverge?");
            for (var i = from; i < to; i++)
                candidates[i] = candidates[i] with { Score = candidates[i].Score + ofChildren[i] - normaliser };
        }
    }

    private double[] Gather(Tensor logits, ReadOnlySpan<Beam> candidates, ReadOnlySpan<int> beamOf, int firstBeam)
    {
        var vocabulary = logits.shape[1];
        var places = new long[candidates.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = (beamOf[i] - firstBeam) * vocabulary + model.Embedding.ColumnOf(candidates[i].Token);
        return Values(logits.flatten().index_select(0, tensor(places, device: model.Device)));
    }

    private static double[] Values(Tensor values) => values.cpu().to(ScalarType.Float64).data<double>().ToArray();

    private static double LogSumExp(ReadOnlySpan<double> values)
    {
        var highest = double.NegativeInfinity;
        foreach (var value in values)
            highest = Math.Max(highest, value);
        var sum = 0.0;
        foreach (var value in values)
            sum += Math.Exp(value - highest);
        return highest + Math.Log(sum);
    }
}
