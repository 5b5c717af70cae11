using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Random numbers: seeds repeat them, generators keep apart, and they are PyTorch's.</summary>
public sealed class RandomTests
{
    [Fact]
    public void TheSequenceAfterASeedIsPyTorchs()
    {
        var expected = Reference.Load().Random;
        using var scope = NewDisposeScope();

        manual_seed(7);

        Compare.Close(expected["rand"], rand(5), 1e-6, "rand");
        Compare.Close(expected["randn"], randn(5), 1e-6, "randn");
        Compare.Close(expected["randint"], randint(0, 100, [5L]), 0, "randint");
        Compare.Close(expected["randperm"], randperm(8), 0, "randperm");
    }

    [Fact]
    public void AGeneratorHasASequenceOfItsOwn()
    {
        using var scope = NewDisposeScope();
        using var first = new Generator(11);
        using var second = new Generator().manual_seed(11);

        var numbers = randn(4, ScalarType.Float64, generator: first);
        manual_seed(1);

        Compare.Close(Reference.Load().Random["generator_randn"], numbers, 1e-12, "generator");
        Assert.True(numbers.Equals(randn(4, ScalarType.Float64, generator: second)));
        Assert.False(numbers.Equals(randn(4, ScalarType.Float64, generator: first)));
        Assert.Equal(11, first.initial_seed());
    }

    [Fact]
    public void AStateBringsTheSequenceBack()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var state = generator.get_state();
        var first = zeros(10).uniform_(0, 1, generator);
        generator.set_state(state);
        Assert.True(first.Equals(zeros(10).uniform_(0, 1, generator)));

        var global = random.get_rng_state();
        var before = rand(10);
        random.set_rng_state(global);
        Assert.True(before.Equals(rand(10)));
    }

    /// <summary>nn.init takes a generator and draws from the process's; a caller who wants a seed of its own uses the tensor's methods.</summary>
    [Fact]
    public void InitialisersDoNotUseTheirGenerator()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        manual_seed(5);
        var expected = zeros(10).normal_();
        manual_seed(5);
        Assert.True(expected.Equals(nn.init.normal_(zeros(10), generator: generator)));
        Assert.False(expected.Equals(zeros(10).normal_(0, 1, generator)));
    }

    [Fact]
    public void DrawsFollowTheirProbabilities()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);

        var draws = multinomial(tensor(new[] { 0f, 1f, 3f }), 4000, true, generator).bincount(null!, 3).data<long>().ToArray();

        Assert.Equal(0, draws[0]);
        Assert.InRange(draws[2], 2850, 3150);
        Assert.InRange(full(4000L, 0.25f).bernoulli(generator).mean().ToDouble(), 0.22, 0.28);
        Assert.InRange(zeros(4000).exponential_(0.5, generator).mean().ToDouble(), 1.85, 2.15);
    }
}
