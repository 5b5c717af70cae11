using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public class ResidualQuantiserTests
{
    // Two levels of two codes in the plane.
    private static Tensor Codebooks() => tensor(new float[] { 0, 0, 10, 0, 1, 0, 0, 2 }, [2, 2, 2], requires_grad: true);

    [Fact]
    public void The_residual_rule_by_hand()
    {
        using var scope = NewDisposeScope();
        var quantised = ResidualQuantiser.Quantise(tensor(new float[] { 9, 3, 1, 0.5f }, [2, 2]), Codebooks(), ResidualQuantiser.Nearest);
        // (9, 3) - (10, 0) = (-1, 3), next (0, 2); (1, 0.5) - (0, 0) = (1, 0.5), next (1, 0).
        Assert.Equal([1L, 1, 0, 0], quantised.Codes.data<long>().ToArray());
        Assert.Equal([-1f, 3, 1, 0.5f], quantised.Residuals[1].data<float>().ToArray());
        Assert.Equal([10f, 2, 1, 0], quantised.StraightThrough.data<float>().ToArray());
    }

    [Fact]
    public void The_gradient_passes_straight_through_and_not_into_the_codes()
    {
        using var scope = NewDisposeScope();
        var (codebooks, latent) = (Codebooks(), tensor(new float[] { 9, 3 }, [1, 2], requires_grad: true));
        var sums = ResidualQuantiser.Quantise(latent, codebooks, ResidualQuantiser.Nearest).StraightThrough;
        (sums * tensor(new float[] { 3, -5 })).sum().backward();
        Assert.Equal([3f, -5], latent.grad!.data<float>().ToArray());
        Assert.True(codebooks.grad is null || codebooks.grad.abs().sum().item<float>() == 0);
    }

    [Fact]
    public void Every_level_s_commitment_reaches_the_latent_vectors_and_moves_no_code_of_another_level()
    {
        using var scope = NewDisposeScope();
        var (codebooks, latent) = (Codebooks(), tensor(new float[] { 9, 3 }, [1, 2], requires_grad: true));
        var quantised = ResidualQuantiser.Quantise(latent, codebooks, ResidualQuantiser.Nearest);
        // |r_2 - q_2|^2 with r_2 = (-1, 3), q_2 = (0, 2): d/dz = 2 (r_2 - q_2), d/dq_2 = -2 (r_2 - q_2).
        (quantised.Residuals[1] - quantised.Chosen[1]).pow(2).sum().backward();
        Assert.Equal([-2f, 2], latent.grad!.data<float>().ToArray());
        Assert.Equal([0f, 0, 0, 0, 0, 0, 2, -2], codebooks.grad!.flatten().data<float>().ToArray());
    }

    [Fact]
    public void Distances_are_those_of_the_definition()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (rand(7, 3), rand(4, 3));
        var expected = (a.unsqueeze(1) - b).pow(2).sum(2);
        Assert.True((ResidualQuantiser.SquaredDistances(a, b) - expected).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void TheNearestCodeIsThatOfTheLeastDistance()
    {
        using var scope = NewDisposeScope();
        var (points, codes) = ((arange(300) * 0.37).sin().view(75, 4), (arange(64) * 1.3).cos().view(16, 4));

        var nearest = ResidualQuantiser.Nearest(0, points, codes);

        Assert.Equal(ResidualQuantiser.SquaredDistances(points, codes).argmin(1).data<long>().ToArray(), nearest.data<long>().ToArray());
        Assert.True(nearest.unique().output.numel() > 8);
    }
}
