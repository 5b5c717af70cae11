namespace GtiNotebooks.Retrieval;

/// <summary>
/// Orders candidates by score. Scores that differ by rounding only are ties and go by node, hence by token ids: equal embeddings do not give
/// equal logits to the last bit, as matrix products treat the rows and columns at the edge of a block differently, and how depends on the
/// batch. Without this, the order of a model whose new rows are all one point would be an accident.
/// </summary>
internal static class BeamRanking
{
    /// <summary>
    /// Scores within this many nats of the best of them are one tie; probabilities 0.001 % apart. Of four tokens with logits near 10, float32
    /// leaves an error of some 1e-6.
    /// </summary>
    public const double Tie = 1e-5;

    /// <summary>The best candidates, best first; filled with dead beams where there are fewer.</summary>
    /// <param name="candidates">At least one; each node once.</param>
    /// <param name="width">How many.</param>
    public static Beam[] Best(ReadOnlySpan<Beam> candidates, int width)
    {
        var (order, losses) = Sort(candidates);
        var best = new Beam[width];
        for (int from = 0, to; from < Math.Min(width, order.Length); from = to)
        {
            to = TieEnd(losses, from);
            SortByNode(order.AsSpan(from..to), candidates);
        }

        for (var i = 0; i < width; i++)
            best[i] = i < order.Length ? candidates[order[i]] : best[0] with { Node = Beam.Dead, Score = double.NegativeInfinity };
        return best;
    }

    /// <summary>The scores of beams that <see cref="Best"/> ordered, each tie with one score, the highest of it.</summary>
    public static double[] TiedScores(ReadOnlySpan<Beam> best)
    {
        var highestFrom = new double[best.Length]; // of a beam and all after it
        for (var i = best.Length - 1; i >= 0; i--)
            highestFrom[i] = i + 1 < best.Length ? Math.Max(best[i].Score, highestFrom[i + 1]) : best[i].Score;

        var scores = new double[best.Length];
        for (int i = 0, first = 0; i < best.Length; i++)
        {
            if (highestFrom[first] - best[i].Score > Tie)
                first = i;
            scores[i] = highestFrom[first];
        }

        return scores;
    }

    private static (int[] Order, double[] Losses) Sort(ReadOnlySpan<Beam> candidates)
    {
        var order = new int[candidates.Length];
        var losses = new double[candidates.Length]; // minus the scores: arrays of numbers sort fast, and ascending only
        for (var i = 0; i < order.Length; i++)
            (order[i], losses[i]) = (i, -candidates[i].Score);
        Array.Sort(losses, order);
        return (order, losses);
    }

    private static int TieEnd(double[] losses, int from)
    {
        var to = from + 1;
        while (to < losses.Length && losses[to] - losses[from] <= Tie)
            to++;
        return to;
    }

    private static void SortByNode(Span<int> order, ReadOnlySpan<Beam> candidates)
    {
        if (order.Length == 1)
            return;
        var nodes = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
            nodes[i] = candidates[order[i]].Node;
        nodes.AsSpan().Sort(order);
    }
}
