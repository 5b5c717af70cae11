using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

public sealed class StudentTTests
{
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(2, 4.303)]
    [InlineData(3, 3.182)]
    [InlineData(4, 2.776)]
    [InlineData(5, 2.571)]
    [InlineData(6, 2.447)]
    [InlineData(7, 2.365)]
    [InlineData(8, 2.306)]
    [InlineData(9, 2.262)]
    [InlineData(10, 2.228)]
    [InlineData(11, 2.201)]
    [InlineData(15, 2.131)]
    [InlineData(20, 2.086)]
    [InlineData(29, 2.045)]
    [InlineData(30, 2.042)]
    [InlineData(60, 2.000)]
    [InlineData(120, 1.980)]
    [InlineData(100_000, 1.960)]
    public void The95PercentColumnOfThePrintedTables(int degreesOfFreedom, double expected) =>
        Assert.Equal(expected, StudentT.TwoSidedQuantile(0.95, degreesOfFreedom), 3);

    [Theory]
    [InlineData(0.50, 1, 1.0)]
    [InlineData(0.90, 1, 6.314)]
    [InlineData(0.99, 1, 63.657)]
    [InlineData(0.999, 1, 636.619)]
    [InlineData(0.90, 4, 2.132)]
    [InlineData(0.99, 4, 4.604)]
    [InlineData(0.99, 30, 2.750)]
    public void OtherColumns(double confidence, int degreesOfFreedom, double expected) =>
        Assert.Equal(expected, StudentT.TwoSidedQuantile(confidence, degreesOfFreedom), 3);

    [Fact]
    public void OneAndTwoDegreesHaveClosedForms()
    {
        foreach (var confidence in new[] { 0.01, 0.3, 0.5, 0.8, 0.95, 0.999 })
        {
            Assert.Equal(1, StudentT.TwoSidedQuantile(confidence, 1) / Math.Tan(Math.PI * confidence / 2), 12);
            Assert.Equal(1, StudentT.TwoSidedQuantile(confidence, 2) / (confidence * Math.Sqrt(2 / (1 - (confidence * confidence)))), 12);
        }
    }

    [Fact]
    public void TheProbabilityIsTheIntegralOfTheDensity()
    {
        // The density is proportional to (1 + x^2 / df)^(-(df + 1) / 2); the constant drops out of the ratio of two integrals (Simpson's rule).
        foreach (var degreesOfFreedom in new[] { 3, 4, 7, 12 })
        {
            double Density(double x) => Math.Pow(1 + (x * x / degreesOfFreedom), -(degreesOfFreedom + 1) / 2.0);
            double Integral(double from, double to, int steps) => Enumerable.Range(0, steps + 1).Sum(i =>
                (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Density(from + ((to - from) * i / steps))) * (to - from) / steps / 3;
            var ratio = Integral(0, 2, 2000) / Integral(0, 1, 2000);
            Assert.Equal(ratio, StudentT.CentralProbability(2, degreesOfFreedom) / StudentT.CentralProbability(1, degreesOfFreedom), 10);
            Assert.Equal(1, StudentT.CentralProbability(1e9, degreesOfFreedom), 12);
        }
    }

    [Fact]
    public void ArgumentsOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.TwoSidedQuantile(1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.TwoSidedQuantile(double.NaN, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.TwoSidedQuantile(0.95, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.CentralProbability(-1, 3));
    }
}
