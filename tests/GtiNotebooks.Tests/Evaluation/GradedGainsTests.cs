using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

public sealed class GradedGainsTests
{
    [Fact]
    public void TheTwoTables()
    {
        // Linear: the grade itself. Exponential: 2^grade - 1.
        Relevance[] grades = [Relevance.No, Relevance.Maybe, Relevance.Good];
        Assert.Equal([0.0, 1, 2], grades.Select(GradedGains.Linear.Of));
        Assert.Equal(grades.Select(grade => Math.Pow(2, (int)grade) - 1), grades.Select(GradedGains.Exponential.Of));
    }

    [Theory]
    [InlineData(0, 0, "good")]
    [InlineData(double.NaN, 0, "good")]
    [InlineData(double.PositiveInfinity, 0, "good")]
    [InlineData(1, 2, "maybe")]
    [InlineData(1, -0.5, "maybe")]
    [InlineData(1, double.NaN, "maybe")]
    public void GainsOutOfRangeAreNamed(double good, double maybe, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new GradedGains(good, maybe)).ParamName);
}
