using GtiNotebooks.SemanticIds;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public class CodebookMovementTests
{
    [Fact]
    public void Diversity_by_hand()
    {
        using var scope = NewDisposeScope();
        // Item 1 took code 0 = (1, 0), its partner is code 1 = (0.5, 2), the other code is 2 = (-1, 1): products 0.5 and -1.
        // Item 2 took code 2, its partner is code 0: products with code 0 -1, with code 1 1.5.
        var codebook = tensor(new float[] { 1, 0, 0.5f, 2, -1, 1 }, [3, 2], requires_grad: true);
        var loss = DiversityLoss.Of(codebook, tensor(new[] { 0L, 2 }), tensor(new[] { 1L, 0 }));
        var first = -Math.Log(Math.Exp(0.5) / (Math.Exp(0.5) + Math.Exp(-1)));
        var second = -Math.Log(Math.Exp(-1) / (Math.Exp(-1) + Math.Exp(1.5)));
        Assert.Equal((first + second) / 2, loss.item<float>(), 5);
        loss.backward();
        Assert.True(codebook.grad!.abs().sum().item<float>() > 0);
    }

    [Fact]
    public void Groups_are_of_equal_size_and_a_partner_is_another_of_the_group()
    {
        using var scope = NewDisposeScope();
        var random = new System.Random(1);
        var codebook = tensor([.. Enumerable.Range(0, 60).Select(_ => (float)random.NextDouble())], [30, 2]);
        var groups = DiversityLoss.Groups(codebook, 5, random);
        Assert.All(groups.CountBy(g => g), g => Assert.Equal(6, g.Value));
        long[] codes = [.. Enumerable.Range(0, 3000).Select(i => (long)(i % 30))];
        var partners = DiversityLoss.Partners(codes, groups, random);
        Assert.All(codes.Zip(partners), pair =>
        {
            Assert.NotEqual(pair.First, pair.Second);
            Assert.Equal(groups[pair.First], groups[pair.Second]);
        });
        Assert.Equal(30 * 5, codes.Zip(partners).Distinct().Count()); // each of the five others turns up
    }

    [Fact]
    public void A_code_alone_in_its_group_has_a_partner_all_the_same() =>
        Assert.Equal([1L, 2, 0], DiversityLoss.Partners([0, 1, 2], [0, 1, 2], new System.Random(0)));

    [Fact]
    public void Moving_averages_by_hand()
    {
        using var scope = NewDisposeScope();
        var codebooks = nn.Parameter(tensor(new float[] { 2, 0, 5, 5 }, [1, 2, 2]));
        using var averages = new MovingAverages(codebooks, decay: 0.9);
        averages.Update(0, tensor(new[] { 0L, 0, 0 }), tensor(new float[] { 4, 1, 6, 2, 8, 3 }, [3, 2]));
        // N = 0.9 * 1 + 0.1 * 3 = 1.2; m = 0.9 * (2, 0) + 0.1 * (18, 6) = (3.6, 0.6).
        Assert.Equal(3f, codebooks[0, 0, 0].item<float>(), 5);
        Assert.Equal(0.5f, codebooks[0, 0, 1].item<float>(), 5);
        Assert.Equal(5f, codebooks[0, 1, 0].item<float>(), 5); // nobody took it
    }

    [Fact]
    public void A_further_gradient_moves_an_average_to_where_gradient_descent_would_stop()
    {
        using var scope = NewDisposeScope();
        var codebooks = nn.Parameter(zeros(1, 1, 2));
        using var averages = new MovingAverages(codebooks, decay: 0.5);
        var (residuals, pull) = (tensor(new float[] { 1, 3, 3, 5 }, [2, 2]), tensor(new float[] { 0.5f, -1 }, [1, 2]));
        for (var i = 0; i < 60; i++) averages.Update(0, tensor(new[] { 0L, 0 }), residuals, pull);
        // mean squared error + pull . e over e: 2/(2 * 2) * (2 e - (4, 8)) + pull = 0.
        Assert.Equal(2 - 0.5f, codebooks[0, 0, 0].item<float>(), 4);
        Assert.Equal(4 + 1f, codebooks[0, 0, 1].item<float>(), 4);
    }

    [Fact]
    public void Dead_codes_go_where_residuals_are_described_worst()
    {
        using var scope = NewDisposeScope();
        var options = new RqVaeOptions { Levels = 1, CodebookSize = 3, CodeWidth = 2, DiversityWeight = 0, Assignment = TrainingAssignment.Nearest };
        using var model = new GtiNotebooks.SemanticIds.RqVae(2, options);
        model.Codebooks.detach().copy_(tensor(new float[] { 0, 0, 50, 50, -50, 50 }, [1, 3, 2]));
        using var step = new RqVaeStep(model, options);
        step.BeginEpoch(new System.Random(0));
        step.Quantise(tensor(new float[] { 0, 0, 0, 0, 7, 0, 0, 0 }, [4, 2]));
        // Two codes are dead, one residual is off its code.
        Assert.Equal(1, step.Revive(new System.Random(0)));
        Assert.Equal([7f, 0], model.Codebooks[0, 1].data<float>().ToArray());
        Assert.Equal([-50f, 50], model.Codebooks[0, 2].data<float>().ToArray());
    }
}
