using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>The rows that are on a map.</summary>
/// <param name="Rows">Rows of the whole table.</param>
/// <param name="Places">Which of them, ascending.</param>
/// <param name="Matrix"><c>[places, width]</c> float64.</param>
internal sealed record MapSample(int Rows, long[] Places, Tensor Matrix)
{
    /// <summary>Draws the rows; the caller's scope disposes them.</summary>
    public static MapSample Draw(Tensor rows, MapOptions options)
    {
        options.Validate();
        var matrix = RowMatrix.AsFloat64(rows);
        if (matrix.shape[0] < MapOptions.FewestRows)
        {
            throw new ArgumentException($"There are {matrix.shape[0]} rows; a map needs {MapOptions.FewestRows} or more.", nameof(rows));
        }
        var places = RowSample.Draw(matrix.shape[0], options.MostRows, options.Seed);
        return new MapSample((int)matrix.shape[0], places, matrix.index_select(0, tensor(places)));
    }

    /// <summary>Squared Euclidean distances of all pairs, row by row.</summary>
    public double[] SquaredDistances()
    {
        using var scope = NewDisposeScope();
        // Less the mean first: what all rows share would take digits from the differences.
        var centred = Matrix.sub(Matrix.mean([0], keepdim: true));
        var squares = centred.mul(centred).sum(1, keepdim: true);
        return RowMatrix.Values(squares.Plus(squares.t()).sub(centred.mm(centred.t()).mul(Scalars.Two)).clamp_min(Scalars.Zero));
    }

    /// <summary>The map of places that were found, with its trustworthiness.</summary>
    public PlanarMap Map(string method, double[] places, double[] distances, MapOptions options)
    {
        var count = Places.Length;
        var neighbours = Math.Min(options.Neighbours, (count - 1) / 2);
        return new PlanarMap(
            method, Rows, [.. Places.Select((row, i) => new PlanarPoint((int)row, places[2 * i], places[(2 * i) + 1]))],
            neighbours, Trustworthiness.Of(distances, Trustworthiness.SquaredDistances(places), count, neighbours));
    }
}
