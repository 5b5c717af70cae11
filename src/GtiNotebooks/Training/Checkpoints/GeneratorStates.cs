using System.Buffers.Binary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>States of generators as text.</summary>
internal static class GeneratorStates
{
    // LibTorch's CPUGeneratorImplStateLegacy begins with the seed (8 bytes), left (4), seeded (4), next (8) and the words of mt19937.
    private const int LeftAt = 8, SeededAt = 12, NextAt = 16;
    private const int Words = 624;

    /// <summary>The state, base 64.</summary>
    public static string Save(Generator generator)
    {
        using var state = generator.get_state();
        return Convert.ToBase64String(state.bytes);
    }

    /// <summary>Sets the state.</summary>
    /// <exception cref="FormatException">See <see cref="Read"/>.</exception>
    public static void Restore(Generator generator, string saved) => Restore(generator, Read(generator, saved));

    /// <summary>Sets a state that was <see cref="Read"/>.</summary>
    public static void Restore(Generator generator, byte[] read)
    {
        using var state = generator.get_state();
        read.CopyTo(state.bytes);
        generator.set_state(state);
    }

    /// <summary>Reads and checks a state; the generator stays as it is.</summary>
    /// <exception cref="FormatException">No base 64, or not the state of such a generator.</exception>
    public static byte[] Read(Generator generator, string saved)
    {
        var bytes = Convert.FromBase64String(saved);
        using var state = generator.get_state();
        if (state.numel() != bytes.Length)
            throw new FormatException($"the state has {bytes.Length} bytes, but this generator's has {state.numel()}");
        RequireValid(bytes);
        return bytes;
    }

    // TorchSharp's set_state lets LibTorch's exception end the process, and LibTorch checks neither all of next nor that it fits to left.
    private static void RequireValid(ReadOnlySpan<byte> state)
    {
        var left = BinaryPrimitives.ReadInt32LittleEndian(state[LeftAt..]);
        var seeded = BinaryPrimitives.ReadInt32LittleEndian(state[SeededAt..]);
        var next = BinaryPrimitives.ReadUInt64LittleEndian(state[NextAt..]);
        if (seeded != 1)
            throw new FormatException($"the state's flag seeded is {seeded}; expected 1");
        // Of the words, left - 1 are still to be drawn, from next on; a generator that was only seeded has drawn none of them.
        var isNew = left == 1 && next == 0;
        if (!isNew && (left is < 1 or > Words || next != (ulong)(Words + 1 - left)))
            throw new FormatException($"the state has left = {left} and next = {next}; expected left from 1 to {Words} and next = {Words + 1} - left");
    }
}
