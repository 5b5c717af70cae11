using System.Buffers.Binary;
using GtiNotebooks.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public sealed class GeneratorStatesTests : IDisposable
{
    private const int Words = 624, LeftAt = 8, SeededAt = 12, NextAt = 16, WordsAt = 24;
    private readonly Generator generator = SeededDraw.Generator(1);

    public void Dispose() => generator.Dispose();

    /// <summary>Among them one that has drawn nothing, one whose words are used up, and those beside it.</summary>
    [Fact]
    public void EveryStateThatAGeneratorComesToCanBeRestored()
    {
        using var other = SeededDraw.Generator(2);
        for (var drawn = 0; drawn <= 2 * Words + 1; drawn++)
        {
            var saved = GeneratorStates.Save(generator);
            GeneratorStates.Restore(other, saved);
            Assert.Equal(saved, GeneratorStates.Save(other));
            Assert.Equal(Draw(generator, 1), Draw(other, 1));
        }
    }

    /// <summary>Each byte before the words and behind them, each bit of it; of the words some. What is let through must be safe to draw from.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Words)]
    public void ADamagedByteIsRefusedOrHarmless(int drawn)
    {
        Draw(generator, drawn);
        var whole = Convert.FromBase64String(GeneratorStates.Save(generator));
        var wordsEnd = WordsAt + 8 * Words;
        var places = Enumerable.Range(0, whole.Length).Where(place => place < WordsAt + 8 || place >= wordsEnd - 8 || place % 97 == 0);
        foreach (var (place, bit) in places.SelectMany(place => Enumerable.Range(0, 8).Select(bit => (place, bit))))
        {
            var damaged = (byte[])whole.Clone();
            damaged[place] ^= (byte)(1 << bit);
            var refused = !IsAccepted(damaged);
            Assert.True(refused == place is >= LeftAt and < WordsAt, $"byte {place}, bit {bit}: {(refused ? "refused" : "let through")}");
        }
    }

    [Theory]
    [InlineData(0, 1, 625)]
    [InlineData(-1, 1, 626)]
    [InlineData(int.MinValue, 1, 0)]
    [InlineData(625, 1, 0)]
    [InlineData(624, 1, 0)]
    [InlineData(600, 1, 620)] // within LibTorch's limits, but drawing would read on behind the last word
    [InlineData(623, 1, 2 + (1L << 32))] // LibTorch keeps 32 bits of it
    [InlineData(623, 1, -1)]
    [InlineData(623, 0, 2)]
    public void CountersThatCannotBeAreRefused(int left, int seeded, long next)
    {
        var state = Convert.FromBase64String(GeneratorStates.Save(generator));
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(LeftAt), left);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(SeededAt), seeded);
        BinaryPrimitives.WriteInt64LittleEndian(state.AsSpan(NextAt), next);

        Assert.False(IsAccepted(state));
    }

    [Fact]
    public void AStateOfAnotherSizeIsRefused()
    {
        var state = Convert.FromBase64String(GeneratorStates.Save(generator));

        Assert.False(IsAccepted([]));
        Assert.False(IsAccepted(state[..^1]));
        Assert.False(IsAccepted(state[..^8])); // the older form, which LibTorch reads
        Assert.False(IsAccepted([.. state, 0]));
    }

    /// <summary>A refused state leaves the generator as it was; one that is let through can be drawn from.</summary>
    private bool IsAccepted(byte[] state)
    {
        var before = GeneratorStates.Save(generator);
        try
        {
            GeneratorStates.Restore(generator, Convert.ToBase64String(state));
        }
        catch (FormatException)
        {
            Assert.Equal(before, GeneratorStates.Save(generator));
            return false;
        }

        Assert.All(Draw(generator, Words + 1), value => Assert.InRange(value, 0, 1));
        return true;
    }

    private static float[] Draw(Generator generator, int count)
    {
        using var drawn = rand(count, generator: generator);
        return drawn.data<float>().ToArray();
    }
}
