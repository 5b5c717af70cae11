namespace GtiNotebooks.Bench.Tests.Workloads;

/// <summary>Operation counts against sums done by hand.</summary>
public class OperationsTests
{
    [Fact]
    public void AnEpochOfTheRqVaeIsItsLayersThreeTimesWithoutTheItemsGradient()
    {
        // Weights of the encoder: 768*512 + 512*256 + 256*128 + 128*32 = 561,152, as many in the decoder; 4 * 256 * 32 for the distances.
        var expected = 2.0 * 4096 * (6 * 561_152 - 768 * 512 + 32_768);

        Assert.Equal(expected, Operations.RqVae());
    }

    [Fact]
    public void FineTuningIsNearlyAllLayers()
    {
        // 87 tokens in five layers of 737,280 weights; in the sixth 65,536 of them (keys, values), the others for 4 tokens; the head for 4.
        var weights = 87 * (5 * 737_280.0 + 65_536) + 4 * 671_744 + 4 * 256 * 9216;
        var attention = 2 * 256 * 44.0 * (5 * 87 + 4);

        Assert.Equal(3 * 2 * (weights + attention), Operations.FineTuning(), 1.0);
    }

    [Fact]
    public void OverMoreEpochsGroundingTakesLess()
    {
        Assert.True(Operations.Grounding(64) < Operations.Grounding(8));
        Assert.True(Operations.Grounding(1) < Operations.GroundingFresh() * (1 + 1e-12));
    }
}
