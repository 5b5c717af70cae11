namespace GtiNotebooks.Bench.Tests.Workloads;

/// <summary>
/// The workloads beside ../shared/peer/torch_peer.py with <c>--steps 1 --threads 1</c> under PyTorch 1.13 (float32; the constants are what it
/// printed; that of fresh grounding is the same, as its first two batches are). No test looks at times, but that there are any.
/// </summary>
public class WorkloadTests
{
    [Theory]
    [InlineData("grounding", 9.16866683959961, 9.155706405639648)]
    [InlineData("grounding-fresh", 9.16866683959961, 9.155706405639648)]
    [InlineData("sft", 9.174662590026855, 9.162925720214844)]
    [InlineData("rqvae", 0.33305755257606506, 0.33298733830451965)]
    public void LossesAreThoseOfPyTorch(string task, double first, double last)
    {
        var measured = Workload.Find(task).Measure(1);

        Assert.Equal(first, measured.LossFirst!.Value, 1e-4 * first);
        Assert.Equal(last, measured.LossLast!.Value, 1e-4 * last);
        RequireWhole(measured, task);
    }

    [Fact]
    public void TheBestIdHasTheScoreThatPyTorchGivesIt()
    {
        var measured = Workload.Find("beam").Measure(1);

        Assert.Equal(-34.71345901489258, measured.BestScoreMean!.Value, 1e-3);
        Assert.Null(measured.LossFirst);
        RequireWhole(measured, "beam");
    }

    [Fact]
    public void AnUnknownTaskIsNamedWithThoseThatThereAre()
    {
        var problem = Assert.Throws<ArgumentException>(() => Workload.Find("warp"));

        Assert.Equal("there is no task 'warp'; there are grounding, grounding-fresh, sft, beam, rqvae, interactions, import, tokenizer, tokenizer-new-words, trie", problem.Message);
    }

    private static void RequireWhole(Measurement measured, string task)
    {
        Assert.Equal(task, measured.Task);
        Assert.True(measured is { Rate: > 0, Seconds: > 0, CpuSeconds: > 0, PeakMemoryBytes: > 50_000_000, GemmShare: > 0 }, measured.ToJson());
        Assert.Equal(measured, Measurement.Parse(measured.ToJson()));
    }
}
