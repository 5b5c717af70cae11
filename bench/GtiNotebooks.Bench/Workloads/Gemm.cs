using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Bench;

/// <summary>What the machine does at its best: the product of two large square matrices of float32.</summary>
internal static class Gemm
{
    private const long Size = 1024;
    private const int Repetitions = 24;

    /// <summary>
    /// Floating-point operations a second of processor time; of several tries the best. By the clock, what else runs on the machine would make it
    /// look slower than it is.
    /// </summary>
    public static double OperationsPerSecond()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (left, right) = (Formula.Noise("gemm.left", Size, Size), Formula.Noise("gemm.right", Size, Size));
        var best = double.PositiveInfinity;
        for (var i = 0; i < Repetitions; i++)
        {
            var start = Environment.CpuUsage.TotalTime;
            using var product = left.mm(right);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }

        return 2.0 * Size * Size * Size / best;
    }
}
