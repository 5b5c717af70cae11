using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

/// <summary>Small matrices for tests.</summary>
internal static class Matrices
{
    /// <summary><c>[rows, width]</c> float64.</summary>
    public static Tensor Of(params double[][] rows)
    {
        double[] values = [.. rows.SelectMany(row => row)];
        return tensor(values, rows.Length, rows[0].Length);
    }

    /// <summary><c>[rows, width]</c> float64, the same for the same seed.</summary>
    public static Tensor Random(int rows, int width, int seed)
    {
        var random = new Random(seed);
        return Of([.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, width).Select(_ => (random.NextDouble() * 2) - 1).ToArray())]);
    }

    public static double[] Values(Tensor matrix) => matrix.contiguous().data<double>().ToArray();
}
