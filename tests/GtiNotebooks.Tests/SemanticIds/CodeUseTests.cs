using GtiNotebooks.SemanticIds;

namespace GtiNotebooks.Tests.SemanticIds;

public class CodeUseTests
{
    [Fact]
    public void Perplexity_by_hand()
    {
        Assert.Equal(4, CodeUse.Perplexity([3, 3, 0, 3, 3]), 12);
        Assert.Equal(1, CodeUse.Perplexity([9]), 12);
        // Shares 1/2, 1/4, 1/4: 1.5 bits.
        Assert.Equal(Math.Pow(2, 1.5), CodeUse.Perplexity([2, 1, 1]), 12);
    }

    [Fact]
    public void Rows_are_compared_by_value()
    {
        int[][] codes = [[1, 2], [1, 2], [2, 1], [1, 2]];
        Assert.Equal(0.5, CodeUse.CollisionRate(codes), 12);
        Assert.Equal([Math.Exp(-0.75 * Math.Log(0.75) - 0.25 * Math.Log(0.25)), Math.Exp(-0.75 * Math.Log(0.75) - 0.25 * Math.Log(0.25))],
            CodeUse.Perplexities(codes), (a, b) => Math.Abs(a - b) < 1e-12);
    }
}
