using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Training;

public class EpochSamplerTests
{
    [Fact]
    public void EveryPassDrawsEveryExampleOnce()
    {
        var sampler = new EpochSampler(12, seed: 3);

        var drawn = Enumerable.Range(0, 9).SelectMany(step => sampler.Batch(step, 4)).ToArray();

        Assert.All(drawn.Chunk(12), pass => Assert.Equal(Enumerable.Range(0, 12), pass.Order()));
        Assert.NotEqual(drawn[..12], drawn[12..24]);
    }

    [Fact]
    public void AStepDependsOnSeedAndNumberAlone()
    {
        var forwards = new EpochSampler(10, seed: 1);
        var inOrder = Enumerable.Range(0, 8).Select(step => forwards.Batch(step, 3)).ToArray();

        Assert.Equal(inOrder[7], new EpochSampler(10, seed: 1).Batch(7, 3));
        Assert.Equal(inOrder[2], forwards.Batch(2, 3));
        Assert.NotEqual(inOrder[0], new EpochSampler(10, seed: 2).Batch(0, 3));
    }

    [Fact]
    public void ARangeIsWhatBatchesDraw()
    {
        var sampler = new EpochSampler(10, seed: 1);
        Assert.Equal([.. sampler.Batch(2, 3), .. sampler.Batch(3, 3)], sampler.Range(6, 6));
    }

    [Fact]
    public void RefusesAnEmptyCorpus() => Assert.Throws<ArgumentOutOfRangeException>(() => new EpochSampler(0, 1));
}
