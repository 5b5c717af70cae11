using System.Text;
using GtiNotebooks.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Bench;

/// <summary>
/// Numbers that any program can make again: of no distribution worth a name, but equal to the last bits wherever float64 is. So two
/// implementations begin with the same weights and inputs, and equal losses prove equal work.
/// </summary>
internal static class Formula
{
    private static readonly Scalar Frequency = 12.9898.ToScalar(), Amplitude = 43758.5453.ToScalar();

    /// <summary>
    /// Element k is 2 frac(43758.5453 sin(12.9898 k + 78.233 c)) - 1 in float64, rounded to float32; c is CRC-32 of the name modulo 1000.
    /// </summary>
    /// <param name="name">Names the series, ASCII.</param>
    /// <param name="shape">Shape, filled row by row.</param>
    /// <returns>float32 in [-1, 1].</returns>
    public static Tensor Noise(string name, params long[] shape)
    {
        using var scope = NewDisposeScope();
        using var phase = (Crc32(name) % 1000 * 78.233).ToScalar();
        // In place: millions of numbers in float64 should not be what decides the peak memory.
        var wave = Scalars.Range(0, shape.Aggregate(1L, (product, size) => product * size), float64, CPU);
        wave.mul_(Frequency).add_(phase, Scalars.One).sin_().mul_(Amplitude);
        wave.sub_(wave.floor()).mul_(Scalars.Two).sub_(Scalars.One);
        return wave.to(ScalarType.Float32).view(shape).MoveToOuterDisposeScope();
    }

    /// <summary>Whole numbers in [0, <paramref name="high"/>): floor((noise + 1) / 2 * high).</summary>
    /// <param name="name">Names the series, ASCII.</param>
    /// <param name="high">The lowest number that does not occur.</param>
    /// <param name="shape">Shape, filled row by row.</param>
    /// <returns>int64.</returns>
    public static Tensor Tokens(string name, long high, params long[] shape)
    {
        using var scope = NewDisposeScope();
        using var highest = (high - 1).ToScalar();
        var scaled = Noise(name, shape).to(ScalarType.Float64).add(Scalars.One, Scalars.One).div(Scalars.Two).Times(high);
        return scaled.to(ScalarType.Int64).clamp(Scalars.Zero, highest).MoveToOuterDisposeScope();
    }

    /// <summary>The CRC-32 of zlib (polynomial 0xEDB88320, reflected).</summary>
    public static uint Crc32(string ascii)
    {
        var crc = uint.MaxValue;
        foreach (var value in Encoding.ASCII.GetBytes(ascii))
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
