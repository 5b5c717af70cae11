using GtiNotebooks.SemanticIds;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public class CodeCountsTests
{
    [Fact]
    public void Every_code_of_the_codebook_is_counted_used_or_not()
    {
        var counts = CodeCounts.Of(SemanticIdMap.FromCodes([[0, 2], [3, 2], [3, 0], [3, 1]], [4, 3]));
        Assert.Equal([0, 1], counts.Select(level => level.Level));
        Assert.Equal([3, 1, 0, 0], counts[0].Items);
        Assert.Equal([2, 1, 1], counts[1].Items);
    }

    [Fact]
    public void A_fit_knows_its_codebooks_sizes()
    {
        using var fit = new CodebookFit([[0], [0], [1]], [zeros(5, 2)], zeros(3, 2), [0], 0, [], null, 0);
        Assert.Equal([2, 1, 0, 0, 0], Assert.Single(CodeCounts.Of(fit)).Items);
    }
}
