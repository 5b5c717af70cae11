using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// Random numbers that depend on the seed alone: drawn on the CPU, then moved. A GPU's generator would give other numbers, and TorchSharp 0.107
/// makes a CPU generator whatever device it is asked for, which LibTorch refuses for tensors elsewhere. Its <c>nn.init</c> methods take a generator and
/// do not use it; the tensors' own methods do.
/// </summary>
internal static class SeededDraw
{
    /// <summary>A generator for the methods below; the caller disposes it.</summary>
    public static Generator Generator(long seed) => new((ulong)seed, CPU);

    /// <summary>Standard normal numbers, <c>[rows, width]</c>.</summary>
    public static Tensor Normal(long rows, long width, ScalarType dtype, Device device, Generator generator) =>
        randn(rows, width, dtype, CPU, generator: generator).to(device);

    /// <summary>Fills a parameter with normal numbers of mean 0.</summary>
    public static void FillNormal(Tensor parameter, double deviation, Generator generator) =>
        Fill(parameter, drawn => drawn.normal_(0, deviation, generator));

    /// <summary>Fills a parameter with numbers uniform in [-bound, bound].</summary>
    public static void FillUniform(Tensor parameter, double bound, Generator generator) =>
        Fill(parameter, drawn => drawn.uniform_(-bound, bound, generator));

    private static void Fill(Tensor parameter, Action<Tensor> draw)
    {
        using var scope = NewDisposeScope();
        var drawn = empty(parameter.shape, parameter.dtype, CPU);
        draw(drawn);
        parameter.copy_(drawn);
    }
}
