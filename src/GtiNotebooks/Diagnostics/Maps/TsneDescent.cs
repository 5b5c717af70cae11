namespace GtiNotebooks.Diagnostics;

/// <summary>Moves points until their likeness on the map, a heavy-tailed curve of their distance, follows their affinities.</summary>
/// <remarks>
/// Plain loops, not tensors: each pair is visited once a step and nothing is stored of it, where tensors would write ten matrices of all pairs.
/// </remarks>
internal static class TsneDescent
{
    private const double StartSize = 1e-4;
    private const double SmallestGain = 0.01;
    private const double FewestRate = 50;

    /// <summary>Runs the descent.</summary>
    /// <param name="affinities">Of all pairs; see <see cref="TsneAffinities"/>.</param>
    /// <param name="start">x and y of each point; only their proportions matter.</param>
    /// <param name="options">How long.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <returns>x and y of each point, with a mean of zero.</returns>
    public static double[] Run(double[] affinities, double[] start, TsneOptions options, CancellationToken cancellation)
    {
        var places = Shrunk(start);
        var (gradient, motion, gains) = (new double[places.Length], new double[places.Length], new double[places.Length]);
        Array.Fill(gains, 1);
        var rate = Math.Max(FewestRate, places.Length / 2 / TsneOptions.Exaggeration / 4);
        for (var step = 0; step < options.Iterations; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var early = step < options.ExaggeratedIterations;
            Gradient(affinities, places, early ? TsneOptions.Exaggeration : 1, gradient);
            var momentum = early ? 0.5 : 0.8;
            for (var i = 0; i < places.Length; i++)
            {
                // Faster where the direction stays, slower where it turns (Jacobs, 1988), as the paper does.
                gains[i] = Math.Max(SmallestGain, gradient[i] > 0 != motion[i] > 0 ? gains[i] + 0.2 : gains[i] * 0.8);
                motion[i] = (momentum * motion[i]) - (rate * gains[i] * gradient[i]);
                places[i] += motion[i];
            }
        }

        return Centred(places);
    }

    /// <summary>The gradient of <see cref="Divergence"/> by every coordinate.</summary>
    /// <param name="affinities">Of all pairs.</param>
    /// <param name="places">x and y of each point.</param>
    /// <param name="exaggeration">Factor on the affinities; 1 for the true gradient.</param>
    /// <param name="gradient">Where it goes, as long as <paramref name="places"/>.</param>
    public static void Gradient(double[] affinities, double[] places, double exaggeration, double[] gradient)
    {
        var count = places.Length / 2;
        var repulsion = new double[places.Length];
        Array.Clear(gradient);
        var total = 0.0;
        for (var i = 0; i < count; i++)
        {
            var (x, y, row) = (places[2 * i], places[(2 * i) + 1], i * count);
            var (pullX, pullY, pushX, pushY) = (0.0, 0.0, 0.0, 0.0);
            for (var j = i + 1; j < count; j++)
            {
                var (dx, dy) = (x - places[2 * j], y - places[(2 * j) + 1]);
                var likeness = 1 / (1 + (dx * dx) + (dy * dy));
                total += 2 * likeness;
                var (pull, push) = (exaggeration * affinities[row + j] * likeness, likeness * likeness);
                (pullX, pullY, pushX, pushY) = (pullX + (pull * dx), pullY + (pull * dy), pushX + (push * dx), pushY + (push * dy));
                gradient[2 * j] -= pull * dx;
                gradient[(2 * j) + 1] -= pull * dy;
                repulsion[2 * j] -= push * dx;
                repulsion[(2 * j) + 1] -= push * dy;
            }

            gradient[2 * i] += pullX;
            gradient[(2 * i) + 1] += pullY;
            repulsion[2 * i] += pushX;
            repulsion[(2 * i) + 1] += pushY;
        }

        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = 4 * (gradient[i] - (repulsion[i] / total));
        }
    }

    /// <summary>KL(affinities || likeness on the map) in nats: what the descent makes small.</summary>
    public static double Divergence(double[] affinities, double[] places)
    {
        var likeness = Array.ConvertAll(Trustworthiness.SquaredDistances(places), distance => 1 / (1 + distance));
        var total = likeness.Sum() - (places.Length / 2); // less the diagonal, which is 1 each
        return affinities.Zip(likeness, (p, q) => p == 0 ? 0 : p * Math.Log(p * total / q)).Sum();
    }

    private static double[] Shrunk(double[] start)
    {
        var size = Math.Sqrt(start.Sum(value => value * value) / start.Length);
        return size > 0 ? Array.ConvertAll(start, value => StartSize * value / size) : [.. start];
    }

    private static double[] Centred(double[] places)
    {
        var count = places.Length / 2;
        var (x, y) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            (x, y) = (x + (places[2 * i] / count), y + (places[(2 * i) + 1] / count));
        }

        for (var i = 0; i < count; i++)
        {
            places[2 * i] -= x;
            places[(2 * i) + 1] -= y;
        }

        return places;
    }
}
