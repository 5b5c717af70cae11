using GtiNotebooks.Models;

namespace GtiNotebooks.Tests.Models;

public class TokenSamplingTests
{
    private static readonly float[] Logits = LogitsOf(0.1, 0.4, 0.2, 0.3);

    [Theory]
    [InlineData(1, 0, 1, new[] { 0.1, 0.4, 0.2, 0.3 })]
    [InlineData(0.5, 0, 1, new[] { 1 / 30.0, 16 / 30.0, 4 / 30.0, 9 / 30.0 })] // squares
    [InlineData(1, 2, 1, new[] { 0, 4 / 7.0, 0, 3 / 7.0 })]
    [InlineData(1, 9, 1, new[] { 0.1, 0.4, 0.2, 0.3 })] // more than there are
    [InlineData(1, 0, 0.69, new[] { 0, 4 / 7.0, 0, 3 / 7.0 })] // 0.4 + 0.3 reaches it
    [InlineData(1, 0, 0.71, new[] { 0, 4 / 9.0, 2 / 9.0, 3 / 9.0 })] // 0.2 must join
    [InlineData(1, 0, 0.01, new[] { 0.0, 1, 0, 0 })] // the most probable always stays
    [InlineData(1, 0, 0.5, new[] { 0, 4 / 7.0, 0, 3 / 7.0 })]
    [InlineData(0.5, 0, 0.5, new[] { 0.0, 1, 0, 0 })] // temperature first: 16/30 alone reaches it
    [InlineData(1, 0, 0.75, new[] { 0, 4 / 9.0, 2 / 9.0, 3 / 9.0 })]
    [InlineData(1, 3, 0.75, new[] { 0, 4 / 7.0, 0, 3 / 7.0 })] // top-k first: 4/9 + 3/9 reaches it
    public void FiltersAsHuggingFaceDoes(double temperature, int topK, double topP, double[] expected)
    {
        var options = new GenerationOptions { Temperature = temperature, TopK = topK, TopP = topP };

        var actual = TokenSampling.Distribution(Logits, options);

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
        Assert.Equal(expected.Select(p => p == 0), actual.Select(p => p == 0));
    }

    [Fact]
    public void TopKKeepsTiesAndTopPTakesTheFirstOfThem()
    {
        var logits = LogitsOf(0.3, 0.1, 0.3, 0.3);

        Assert.Equal([true, false, true, true], Kept(logits, new GenerationOptions { Temperature = 1, TopK = 2 }));
        Assert.Equal([true, false, true, false], Kept(logits, new GenerationOptions { Temperature = 1, TopP = 0.5 }));
    }

    [Fact]
    public void LargeAndImpossibleLogitsAreNoTrouble()
    {
        var actual = TokenSampling.Distribution([float.NegativeInfinity, 20_000, 19_000], new GenerationOptions { Temperature = 0.1, TopP = 0.9 });

        Assert.Equal([0, 1, 0], actual);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.24, 1)]
    [InlineData(0.25, 3)]
    [InlineData(0.99, 3)]
    public void DrawsWhereTheRunningSumPassesTheNumber(double uniform, int expected) =>
        Assert.Equal(expected, TokenSampling.Draw([0, 0.25, 0, 0.75, 0], uniform));

    [Fact]
    public void DrawsTheLastPossibleTokenWhenRoundingLeavesTheSumBelow() =>
        Assert.Equal(1, TokenSampling.Draw([0.5, 0.4999, 0], 0.99999));

    private static float[] LogitsOf(params double[] probabilities) => Array.ConvertAll(probabilities, p => (float)(Math.Log(p) + 3));

    private static IEnumerable<bool> Kept(float[] logits, GenerationOptions options) =>
        TokenSampling.Distribution(logits, options).Select(p => p > 0);
}
