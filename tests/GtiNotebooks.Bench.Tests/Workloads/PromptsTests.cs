namespace GtiNotebooks.Bench.Tests.Workloads;

/// <summary>Batches against rows that ../shared/peer/torch_peer.py makes (<c>grounding_batch(2)</c>, <c>sft_batch(1)</c>).</summary>
public class PromptsTests
{
    [Fact]
    public void AGroundingBatchHasBothDirections()
    {
        var batch = Prompts.Grounding(2);

        Assert.Equal(32, batch.Count);
        Assert.All(batch, prompt => Assert.Equal(68, prompt.Ids.Length));
        Assert.All(batch.Take(16), prompt => Assert.Equal(64, prompt.AnswerStart));
        Assert.All(batch.Skip(16), prompt => Assert.Equal(20, prompt.AnswerStart));
        Assert.Equal([773, 512, 5560, 3790], batch[0].Ids[..4]);
        Assert.Equal([965, 3013, 2154, 3199], batch[0].Ids[16..20]);
        Assert.Equal([8409, 8636, 8944, 9057], batch[0].Ids[64..]);
        Assert.Equal([3605, 8203, 8660, 8855, 9029, 5522], batch[31].Ids[15..21]);
        Assert.Equal([6891, 3542, 298], batch[31].Ids[65..]);
    }

    [Fact]
    public void AFineTuningBatchPredictsTheLastItemOfAHistory()
    {
        var batch = Prompts.NextItem(1);

        Assert.Equal(32, batch.Count);
        Assert.All(batch, prompt => Assert.Equal((88, 84), (prompt.Ids.Length, prompt.AnswerStart)));
        Assert.Equal([7026, 4279, 4125], batch[31].Ids[..3]);
        Assert.Equal([3058, 8321, 8584, 8835, 9152, 8294], batch[31].Ids[19..25]);
        Assert.Equal([8211, 8679, 8824, 9007], batch[31].Ids[84..]);
    }

    [Fact]
    public void AQueryIsAHistoryWithoutTheNextItem()
    {
        var query = Prompts.Query(0);

        Assert.Equal(84, query.Length);
        Assert.Equal(Prompts.NextItem(0)[0].Ids[..20], query[..20]);
        Assert.All(query[20..].Select((id, place) => (id - 8192) / 256 - place % 4), level => Assert.Equal(0, level));
    }
}
