namespace GtiNotebooks.Diagnostics;

/// <summary>
/// How strongly rows belong together: each row's share of a bell curve around another, as wide as gives every row the same perplexity, and the mean of both
/// directions (van der Maaten and Hinton, 2008, section 3).
/// </summary>
internal static class TsneAffinities
{
    private const int MostHalvings = 60;
    private const double EntropyTolerance = 1e-7;

    /// <summary>The affinities of all pairs.</summary>
    /// <param name="squaredDistances">Of all pairs, row by row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="perplexity">2 to the entropy in bits of each row's shares; above 0, below the number of other rows.</param>
    /// <returns>Row by row, symmetric, with a diagonal of zeros; they add up to 1.</returns>
    public static double[] Of(double[] squaredDistances, int count, double perplexity)
    {
        var shares = new double[count * count];
        for (var i = 0; i < count; i++)
        {
            Row(squaredDistances.AsSpan(i * count, count), i, Math.Log(perplexity), shares.AsSpan(i * count, count));
        }

        var affinities = new double[count * count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                affinities[(i * count) + j] = (shares[(i * count) + j] + shares[(j * count) + i]) / (2.0 * count);
            }
        }

        return affinities;
    }

    /// <summary>The shares of one row; its own is 0.</summary>
    /// <param name="squaredDistances">To all rows.</param>
    /// <param name="self">Its own place.</param>
    /// <param name="entropy">The entropy wanted, in nats.</param>
    /// <param name="shares">Where they go; they add up to 1.</param>
    public static void Row(ReadOnlySpan<double> squaredDistances, int self, double entropy, Span<double> shares)
    {
        var mean = 0.0;
        foreach (var distance in squaredDistances)
        {
            mean += distance / squaredDistances.Length;
        }

        var (narrowness, low, high) = (1.0, 0.0, double.PositiveInfinity);
        for (var halving = 0; halving < MostHalvings; halving++)
        {
            // In units of the mean distance, so that tables of any scale begin alike; rows that all coincide share evenly.
            var excess = Entropy(squaredDistances, self, mean > 0 ? narrowness / mean : 0, shares) - entropy;
            if (Math.Abs(excess) < EntropyTolerance)
            {
                return;
            }
            if (excess > 0)
            {
                (low, narrowness) = (narrowness, double.IsInfinity(high) ? 2 * narrowness : (narrowness + high) / 2);
            }
            else
            {
                (high, narrowness) = (narrowness, (low + narrowness) / 2);
            }
        }
    }

    private static double Entropy(ReadOnlySpan<double> squaredDistances, int self, double narrowness, Span<double> shares)
    {
        var nearest = double.PositiveInfinity;
        for (var j = 0; j < shares.Length; j++)
        {
            nearest = j == self ? nearest : Math.Min(nearest, squaredDistances[j]);
        }

        var (sum, weighted) = (0.0, 0.0);
        for (var j = 0; j < shares.Length; j++)
        {
            // Less the nearest: at least one exponential is 1, however narrow the curve.
            var depth = narrowness * (squaredDistances[j] - nearest);
            shares[j] = j == self ? 0 : Math.Exp(-depth);
            sum += shares[j];
            weighted += shares[j] == 0 ? 0 : shares[j] * depth;
        }

        for (var j = 0; j < shares.Length; j++)
        {
            shares[j] /= sum;
        }

        return Math.Log(sum) + (weighted / sum);
    }
}
