namespace GtiNotebooks.Bench.Tests.Growth;

/// <summary>Exponents of power laws.</summary>
public class PowerLawTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(-2)]
    public void AnExactLawIsFound(double exponent)
    {
        var points = new[] { 5.0, 20, 80, 1000 }.Select(x => (x, 3 * Math.Pow(x, exponent))).ToArray();

        Assert.Equal(exponent, PowerLaw.Exponent(points), 1e-12);
    }

    [Fact]
    public void OfPointsOffTheLineTheSquaresAreLeast() =>
        // Logarithms to base 2: (0, 0), (1, 3), (2, 3): the means are 1 and 2, and the slope is (1 * 2 + 0 + 1 * 1) / 2.
        Assert.Equal(1.5, PowerLaw.Exponent([(1, 1), (2, 8), (4, 8)]), 1e-12);

    [Fact]
    public void WhatHasNoExponentIsRefused()
    {
        Assert.Throws<ArgumentException>(() => PowerLaw.Exponent([(2, 1)]));
        Assert.Throws<ArgumentException>(() => PowerLaw.Exponent([(2, 1), (2, 3)]));
        Assert.Throws<ArgumentException>(() => PowerLaw.Exponent([(2, 0), (3, 3)]));
        Assert.Throws<ArgumentException>(() => PowerLaw.Exponent([(2, double.NaN), (3, 3)]));
    }
}
