using System.Text.Json;
using GtiNotebooks.Models;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public class RotaryPositionsTests
{
    /// <summary>Against <c>reference/llama3_rope.json</c>, which goes by wave lengths, case by case, in plain Python.</summary>
    [Fact]
    public void Llama3FrequenciesEqualTheReference()
    {
        foreach (var reference in TinyModels.Reference("llama3_rope").EnumerateArray())
        {
            using var scope = NewDisposeScope();
            var width = reference.GetProperty("headWidth").GetInt32();
            var theta = reference.GetProperty("theta").GetDouble();
            var numbers = reference.GetProperty("scaling").EnumerateArray().Select(n => n.GetDouble()).ToArray();
            var scaling = new Llama3RopeScaling(numbers[0], numbers[1], numbers[2], (int)numbers[3]);
            var config = new ModelConfig(8, width, 8, 1, 1, 1, width, 1e-5, theta, 131072, 0) { Family = ModelFamily.Llama, RopeScaling = scaling };

            // At position 1 the angle is the frequency; sines of small numbers keep all its digits.
            var rotary = RotaryPositions.At(1, 1, config, float64, CPU);
            var expected = reference.GetProperty("frequencies").EnumerateArray().Select(f => f.GetDouble()).ToArray();
            var sines = rotary.Sine.data<double>().ToArray();

            Assert.Equal(width / 2, expected.Length);
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(1.0, sines[i] / Math.Sin(expected[i]), 1e-12);
        }
    }

    /// <summary>Within 100 positions 2, 10 and 20 turns; slow up to 5, fast from 15, so that 10 lies halfway: (1 + 1/4) / 2.</summary>
    [Fact]
    public void SlowFrequenciesAreDividedFastOnesStayAndThoseBetweenAreMixed()
    {
        using var scope = NewDisposeScope();
        var turns = tensor(new[] { 2.0, 10.0, 20.0 });

        var scaled = new Llama3RopeScaling(4, 5, 15, 100).Apply(turns * (2 * Math.PI / 100)) / (2 * Math.PI / 100);

        Assert.Equal([0.5, 6.25, 20.0], scaled.data<double>().ToArray().Select(v => Math.Round(v, 12)));
    }

    [Theory]
    [InlineData(0, 1, 4, 8192, "factor")]
    [InlineData(8, 4, 4, 8192, "high_freq_factor")]
    [InlineData(8, 1, 4, 0, "original_max_position_embeddings")]
    public void RefusesScalingsThatDoNotFitTogether(double factor, double low, double high, int original, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(new Llama3RopeScaling(factor, low, high, original).Validate).Message);
}
