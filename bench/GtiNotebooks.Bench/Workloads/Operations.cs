namespace GtiNotebooks.Bench;

/// <summary>
/// Floating-point operations of the matrix products that one unit of each workload cannot do without, two for each multiplication and addition.
/// What need not be computed is not counted: logits where there is no loss, weight gradients of frozen weights, gradients before the first token
/// that is trained, the last layer's queries and feed-forward block where nobody looks at its output, what was kept from the last epoch.
/// </summary>
internal static class Operations
{
    private static readonly double Width = Shapes.Model.HiddenSize;
    private static readonly double QueryWidth = Shapes.Model.Heads * Shapes.Model.HeadWidth;

    // Weights of one layer that make keys and values, and the others.
    private static readonly double KeyValueWeights = 2 * Width * Shapes.Model.KeyValueHeads * Shapes.Model.HeadWidth;
    private static readonly double OtherWeights = 2 * Width * QueryWidth + 3 * Width * Shapes.Model.IntermediateSize;

    /// <summary>Grounding over epochs, an example of a run of so many timed steps. Only the first epoch runs the texts, but for its first batch.</summary>
    public static double Grounding(int steps)
    {
        var first = Math.Min(Shapes.Epoch - 1, steps) / (double)steps;
        return (GroundingRest() + first * TextPrefix()) / 2;
    }

    /// <summary>Grounding, an example of a batch that comes once.</summary>
    public static double GroundingFresh() => (GroundingRest() + TextPrefix()) / 2;

    /// <summary>Fine-tuning, an example: forward, and twice as much backward.</summary>
    public static double FineTuning()
    {
        var tokens = Shapes.HistoryTemplate + (Shapes.HistoryItems + 1) * Shapes.Levels - 1;
        return 3 * (Run(tokens, tokens, Shapes.Levels) + Head(Shapes.Levels));
    }

    /// <summary>A query: the prompt once, the head once for it and for every beam, the beams' further tokens.</summary>
    public static double Search()
    {
        var prompt = Shapes.HistoryTemplate + Shapes.HistoryItems * Shapes.Levels;
        var beams = (Shapes.Levels - 1) * Shapes.BeamWidth;
        return Run(prompt, prompt, 1) + Head(1 + beams) + 2 * beams * (Shapes.Model.Layers * (KeyValueWeights + OtherWeights + 2 * prompt * QueryWidth));
    }

    /// <summary>An epoch of the RQ-VAE: forward, gradients of the weights, and those of every layer's input but the items.</summary>
    public static double RqVae()
    {
        int[] widths = [Shapes.VectorWidth, .. Shapes.HiddenWidths, Shapes.CodeWidth];
        var weights = widths.Zip(widths.Skip(1), (from, to) => (double)from * to).ToArray();
        return 2.0 * Shapes.VectorItems * (3 * 2 * weights.Sum() - weights[0] + Shapes.Levels * Shapes.Codes * Shapes.CodeWidth);
    }

    // The two kinds of prompt after their prefixes, forward and once more backward, one of each.
    private static double GroundingRest()
    {
        var (text, template) = (Shapes.GroundingText, Shapes.GroundingTemplate);
        var toId = 2 * (Run(Shapes.Levels - 1, template + text + Shapes.Levels - 1, Shapes.Levels - 1) + Head(Shapes.Levels));
        var toText = 2 * (Run(Shapes.Levels + text - 1, template + Shapes.Levels + text - 1, text) + Head(text));
        return toId + toText + 2 * Width * Shapes.NewTokens * (Shapes.Levels + text); // the new rows' gradient
    }

    private static double TextPrefix()
    {
        var tokens = Shapes.GroundingTemplate + Shapes.GroundingText;
        return Run(tokens, tokens, 1);
    }

    private static double Head(double positions) => 2 * positions * Width * (Shapes.TextTokens + Shapes.NewTokens);

    // Forward: tokens that run, keys they see at most, and how many of the last ones matter after the last layer.
    private static double Run(double tokens, double keys, double last)
    {
        var before = keys - tokens;
        double Attention(double queries) => 2 * QueryWidth * queries * (before + (tokens + 1) / 2); // scores and mixture; half is masked
        double Layer(double queries) => KeyValueWeights * tokens + OtherWeights * queries + Attention(queries);
        return 2 * ((Shapes.Model.Layers - 1) * Layer(tokens) + Layer(last));
    }
}
