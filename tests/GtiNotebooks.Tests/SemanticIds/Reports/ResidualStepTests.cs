using GtiNotebooks.SemanticIds;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public class ResidualStepTests
{
    [Fact]
    public void Two_steps_by_hand()
    {
        // (3, 4) has length 5. The nearest of (3, 0), (0, 0), (9, 4) is (3, 0): (0, 4) is left. Of (0, 1), (0, 4.5), (0, 9) it is (0, 4.5).
        var first = tensor(new float[] { 3, 0, 0, 0, 9, 4 }, [3, 2]);
        var second = tensor(new float[] { 0, 1, 0, 4.5f, 0, 9 }, [3, 2]);
        using var fit = new CodebookFit([[0, 1]], [first, second], tensor(new float[] { 3, 4 }, [1, 2]), [16, 0.25], 0, [], null, 0);
        Assert.Equal([new ResidualStep(0, 0, 5, 4, 1, 5), new ResidualStep(1, 1, 4, 0.5, 0, 3)], ResidualStep.Of(fit, 0));
    }

    [Fact]
    public void The_mean_of_squares_over_the_items_is_the_fits_error_and_no_other_code_is_nearer()
    {
        manual_seed(3);
        using var vectors = randn(40, 6);
        using var fit = new ResidualKMeansOptions(3, 5, 20, Seed: 1).Learn(vectors);
        var steps = Enumerable.Range(0, 40).Select(item => ResidualStep.Of(fit, item)).ToArray();
        for (var level = 0; level < 3; level++)
        {
            Assert.Equal(fit.Errors[level], steps.Average(item => item[level].After * item[level].After), 5);
            Assert.All(steps, item => Assert.True(item[level].After <= item[level].RunnerUpDistance + 1e-6));
            if (level > 0) Assert.All(steps, item => Assert.Equal(item[level - 1].After, item[level].Before, 9));
        }
    }

    [Fact]
    public void A_codebook_of_one_code_has_no_runner_up()
    {
        using var fit = new CodebookFit([[0]], [ones(1, 2)], zeros(1, 2), [2], 0, [], null, 0);
        var step = Assert.Single(ResidualStep.Of(fit, 0));
        Assert.Equal((null, null), (step.RunnerUp, step.RunnerUpDistance));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResidualStep.Of(fit, 1));
    }
}
