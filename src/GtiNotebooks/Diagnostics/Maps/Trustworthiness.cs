namespace GtiNotebooks.Diagnostics;

/// <summary>
/// How far the nearest neighbours on a map are the rows' nearest neighbours (Venna and Kaski, 2001): 1 less a penalty for every point that the map puts among a
/// point's k nearest and that is farther away in truth, by how much farther its rank is.
/// </summary>
internal static class Trustworthiness
{
    /// <summary>Measures a map.</summary>
    /// <param name="truth">Distances of all pairs in the table, row by row; squared or not.</param>
    /// <param name="map">Distances of all pairs on the map.</param>
    /// <param name="count">Points.</param>
    /// <param name="neighbours">k; below half the points.</param>
    /// <returns>In [0, 1]; of equal distances the smaller place is nearer.</returns>
    public static double Of(double[] truth, double[] map, int count, int neighbours)
    {
        var penalty = 0L;
        for (var i = 0; i < count; i++)
        {
            foreach (var j in Nearest(map.AsSpan(i * count, count), i, neighbours))
            {
                penalty += Math.Max(0, RankOf(truth.AsSpan(i * count, count), i, j) - neighbours);
            }
        }

        var worst = (double)count * neighbours * ((2 * count) - (3 * neighbours) - 1);
        return 1 - (2 * penalty / worst);
    }

    /// <summary>Squared distances of all pairs of points in the plane.</summary>
    /// <param name="places">x and y of each point.</param>
    public static double[] SquaredDistances(double[] places)
    {
        var count = places.Length / 2;
        var distances = new double[count * count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var (dx, dy) = (places[2 * i] - places[2 * j], places[(2 * i) + 1] - places[(2 * j) + 1]);
                distances[(i * count) + j] = (dx * dx) + (dy * dy);
            }
        }

        return distances;
    }

    private static int[] Nearest(ReadOnlySpan<double> distances, int self, int neighbours)
    {
        var sorted = distances.ToArray();
        var places = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(places, (a, b) => sorted[a].CompareTo(sorted[b]) is var order and not 0 ? order : a.CompareTo(b));
        return [.. places.Where(place => place != self).Take(neighbours)];
    }

    // 1 for the nearest.
    private static int RankOf(ReadOnlySpan<double> distances, int self, int other)
    {
        var rank = 1;
        for (var i = 0; i < distances.Length; i++)
        {
            if (i != self && i != other && (distances[i] < distances[other] || (distances[i] == distances[other] && i < other)))
            {
                rank++;
            }
        }

        return rank;
    }
}
