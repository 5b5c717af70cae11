namespace GtiNotebooks.Models;

/// <summary>Draws a token from the logits after temperature, top-k and top-p, in Hugging Face's order and with its meaning.</summary>
internal static class TokenSampling
{
    /// <summary>What the token is drawn from; zero for what the filters leave out.</summary>
    /// <param name="logits">Logits of all tokens; minus infinity for a token that cannot come.</param>
    /// <param name="options">Temperature above 0, top-k and top-p.</param>
    public static double[] Distribution(ReadOnlySpan<float> logits, GenerationOptions options)
    {
        var highest = double.NegativeInfinity;
        foreach (var logit in logits)
            highest = Math.Max(highest, logit);
        var probabilities = new double[logits.Length];
        for (var i = 0; i < logits.Length; i++)
            probabilities[i] = Math.Exp((logits[i] - highest) / options.Temperature);
        if (options.TopK > 0 && options.TopK < logits.Length)
            KeepMostProbable(probabilities, options.TopK);
        Normalise(probabilities);
        if (options.TopP < 1)
        {
            KeepNucleus(probabilities, options.TopP);
            Normalise(probabilities);
        }

        return probabilities;
    }

    /// <summary>The token at which the running sum of a distribution passes a number of [0, 1).</summary>
    public static int Draw(double[] distribution, double uniform)
    {
        var (sum, last) = (0.0, 0);
        for (var i = 0; i < distribution.Length; i++)
        {
            if (distribution[i] == 0)
                continue;
            sum += distribution[i];
            last = i;
            if (uniform < sum)
                break;
        }

        return last; // rounding may leave the whole sum just below the number
    }

    private static void KeepMostProbable(double[] weights, int count)
    {
        var sorted = (double[])weights.Clone();
        Array.Sort(sorted);
        var least = sorted[^count];
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] < least)
                weights[i] = 0;
        }
    }

    // A token stays if those before it, the most probable first, hold less than the mass: so the one that reaches it stays too.
    private static void KeepNucleus(double[] probabilities, double mass)
    {
        var order = Enumerable.Range(0, probabilities.Length).Where(i => probabilities[i] > 0)
            .OrderByDescending(i => probabilities[i]).ThenBy(i => i).ToArray();
        var before = 0.0;
        foreach (var i in order)
        {
            var probability = probabilities[i];
            if (before >= mass)
                probabilities[i] = 0;
            before += probability;
        }
    }

    private static void Normalise(double[] weights)
    {
        var sum = weights.Sum();
        for (var i = 0; i < weights.Length; i++)
            weights[i] /= sum;
    }
}
