namespace GtiNotebooks.Diagnostics;

/// <summary>The correlation of two upper triangles, and of one with the other's objects permuted.</summary>
internal sealed class PermutedTriangles
{
    private const double Tail = 0.025;

    // A permutation that changes nothing must count as high as the value itself, whatever the order of the sum rounds off.
    private const double Rounding = 1e-12;

    private readonly double[] one;
    private readonly double[] other;
    private readonly int count;
    private readonly List<double> chance = [];

    private PermutedTriangles(double[] one, double[] other, int count) => (this.one, this.other, this.count) = (one, other, count);

    /// <summary>Takes two triangles of a number of objects, row by row without the diagonal; null where one has one value only.</summary>
    public static PermutedTriangles? Create(double[] one, double[] other, int count) =>
        Correlation.Pearson(one, other) is null ? null : new PermutedTriangles(Standardised(one), Square(Standardised(other), count), count);

    /// <summary>Pearson's correlation of the first triangle with the second, whose object <c>places[i]</c> stands for object i; keeps it as chance.</summary>
    /// <param name="places">A permutation of the objects.</param>
    public double Permute(int[] places)
    {
        var correlation = Correlate(places);
        chance.Add(correlation);
        return correlation;
    }

    /// <summary>The correlation as it is beside the permuted ones.</summary>
    public PermutedCorrelation Result()
    {
        var value = Correlate([.. Enumerable.Range(0, count)]);
        var sorted = chance.Order().ToArray();
        var asHigh = sorted.Count(permuted => permuted >= value - Rounding);
        return new PermutedCorrelation(
            value, NormQuantiles.At(sorted, Tail), NormQuantiles.At(sorted, 1 - Tail), (1.0 + asHigh) / (1 + sorted.Length));
    }

    private double Correlate(int[] places)
    {
        var sum = 0.0;
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            var row = other.AsSpan(places[i] * count, count);
            for (var j = i + 1; j < count; j++)
            {
                sum += one[next++] * row[places[j]];
            }
        }

        return Math.Clamp(sum, -1, 1);
    }

    // Mean 0 and length 1: the product of two such is their correlation, and a permutation changes neither.
    private static double[] Standardised(double[] values)
    {
        var mean = values.Average();
        var length = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)));
        return Array.ConvertAll(values, value => (value - mean) / length);
    }

    private static double[] Square(double[] triangle, int count)
    {
        var square = new double[count * count];
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                square[(i * count) + j] = square[(j * count) + i] = triangle[next++];
            }
        }

        return square;
    }
}
